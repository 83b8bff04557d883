-- Acts on many inquiries at once. The counts are kept by increments, in the change that settles a row.
create table bulks (
    id             text   not null primary key,
    maker          text   not null,
    act            text   not null,
    origin         text   not null,
    retry_of       text,
    with_outdated  bigint not null,
    with_contacted bigint not null,
    reason         text,
    note           text,
    state          text   not null,
    problem        text,
    fingerprint    text   not null,
    total          bigint not null,
    included       bigint not null,
    done           bigint not null,
    skipped        bigint not null,
    failed         bigint not null,
    created_at     bigint not null,
    confirmed_by   text,
    confirmed_at   bigint,
    approved_by    text,
    approved_at    bigint,
    finished_at    bigint
);
create index bulks_by_state on bulks (state, id);

-- The inquiries of a bulk, frozen when it is made. `attempt` is a part of the idempotency key; `taken_at` is when the
-- link's URL was handed out, which happens once.
create table bulk_rows (
    bulk_id    text   not null references bulks (id),
    position   bigint not null,
    inquiry_id text   not null,
    version    bigint not null,
    verdict    text   not null,
    state      text   not null,
    attempt    bigint not null,
    tries      bigint not null,
    due_at     bigint not null,
    tried_at   bigint,
    result     text,
    error      text,
    link_id    text,
    taken_at   bigint,
    primary key (bulk_id, position)
);
create index bulk_rows_by_state on bulk_rows (bulk_id, state, position);
create index bulk_rows_by_verdict on bulk_rows (bulk_id, verdict, position);
