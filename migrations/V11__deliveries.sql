-- Where webhooks go. `events` are separated by commas, none for all. Secrets are sealed with server.secret; the old one
-- signs beside the new one until `old_secret_ends_at`. `failing_since` is the first failure since the last success.
create table endpoints (
    id                 text   not null primary key,
    url                text   not null,
    description        text   not null,
    events             text   not null,
    secret             text   not null,
    old_secret         text,
    old_secret_ends_at bigint,
    created_at         bigint not null,
    created_by         text   not null,
    failing_since      bigint,
    failures           bigint not null,
    disabled_at        bigint,
    disabled_by        text,
    disabled_why       text
);

-- What goes where, written with the ledger's entry: `event_id` is that entry, or the test itself. `due_at` is when it is
-- sent next; while it is sent, until when nobody else sends it. `tries` are those since it was made or replayed.
create table deliveries (
    endpoint_id text   not null references endpoints (id),
    event_id    text   not null,
    event       text   not null,
    inquiry_id  text,
    state       text   not null,
    created_at  bigint not null,
    due_at      bigint not null,
    attempts    bigint not null,
    tries       bigint not null,
    status      bigint,
    cause       text,
    settled_at  bigint,
    primary key (endpoint_id, event_id)
);
create index deliveries_by_due on deliveries (endpoint_id, due_at, event_id) where state = 'waiting';
create index deliveries_by_state on deliveries (endpoint_id, state, event_id);
create index deliveries_by_event on deliveries (endpoint_id, event, event_id);

-- What came of each attempt: the status and the cause, nothing of the answer itself.
create table attempts (
    endpoint_id text   not null,
    event_id    text   not null,
    number      bigint not null,
    at          bigint not null,
    took        bigint not null,
    status      bigint,
    cause       text,
    primary key (endpoint_id, event_id, number)
);
