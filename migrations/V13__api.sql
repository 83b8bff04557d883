-- Keys of the company's own software. The key itself is nowhere; `token_hash` is its SHA-256. `scopes` are separated by
-- spaces. `last_used_at` is coarse: it is not written at each request.
create table api_keys (
    id           text   not null primary key,
    token_hash   text   not null unique,
    name         text   not null,
    scopes       text   not null,
    created_by   text   not null,
    created_at   bigint not null,
    expires_at   bigint,
    last_used_at bigint,
    revoked_at   bigint
);

-- Answers that are given again to whoever sends the same request with the same Idempotency-Key, of which `name_hash` is the
-- SHA-256. `body` may hold a link's URL, so it is sealed with server.secret. Rows are swept after a day.
create table idempotency (
    api_key_id  text   not null references api_keys (id),
    route       text   not null,
    name_hash   text   not null,
    fingerprint text   not null,
    status      bigint not null,
    body        text   not null,
    created_at  bigint not null,
    primary key (api_key_id, route, name_hash)
);
create index idempotency_by_age on idempotency (created_at);

-- The order in which entries were committed. IDs are made before the commit, so a reader who goes along them could pass one
-- that is not there yet; along `seq` none is missed.
alter table ledger add column seq bigint not null default 0;
update ledger set seq = numbered.place
    from (select id, row_number() over (order by id) as place from ledger) as numbered
    where numbered.id = ledger.id;
create unique index ledger_by_seq on ledger (seq);
create index ledger_by_event on ledger (event, seq);

-- What the lists of the API are read along.
create index inquiries_by_status on inquiries (status, id);
create index inquiries_by_need_id on inquiries (need, id) where need is not null;
create index receipts_by_time on receipts (verified_at, inquiry_id);
