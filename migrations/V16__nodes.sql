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
