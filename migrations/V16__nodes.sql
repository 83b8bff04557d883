-- For several processes on one PostgreSQL. Whoever writes holds this row meanwhile, so that one writes at a time.
create table turns (
    id bigint not null primary key
);
insert into turns (id) values (1);

-- Who does the work in the background, and until when they may go on without saying so again; by the database's clock.
create table shifts (
    id        bigint not null primary key,
    holder    text   not null,
    ends_at   bigint not null
);

-- Attempts to sign in, counted for all nodes alike: `key_hash` is the SHA-256 of an address, and `full_at` when no attempt is
-- counted any more, in ms since 1970. Rows whose time passed are swept.
create table tries (
    key_hash text   not null primary key,
    full_at  bigint not null
);
create index tries_by_age on tries (full_at);
