-- The portable subset that SQLite and PostgreSQL share: TEXT ids, BIGINT milliseconds since 1970, TEXT JSON.

-- What we know of each inquiry. No personal data.
create table inquiries (
    id                  text   not null primary key,
    status              text   not null,
    redacted_at         bigint,
    expires_at          bigint,
    template_id         text,
    template_version_id text,
    read_at             bigint not null,
    version             bigint not null
);

-- URLs of ours that lead a person to one inquiry. The token itself is nowhere; this is its SHA-256.
create table links (
    id               text   not null primary key,
    token_hash       text   not null unique,
    inquiry_id       text   not null references inquiries (id),
    parent_id        text   references links (id),
    maker            text   not null,
    reason           text   not null,
    factor           text   not null,
    return_url       text,
    locale           text,
    created_at       bigint not null,
    expires_at       bigint not null,
    revoked_at       bigint,
    device_hash      text,
    bound_at         bigint,
    wrong_factors    bigint not null
);
create index links_by_inquiry on links (inquiry_id, id);

-- What the server verified after the browser said it was done: once for each inquiry.
create table receipts (
    inquiry_id  text   not null primary key references inquiries (id),
    link_id     text   not null references links (id),
    status      text   not null,
    verified_at bigint not null
);

-- What happened to each inquiry; rows are only added.
create table ledger (
    id         text   not null primary key,
    inquiry_id text   not null,
    link_id    text,
    at         bigint not null,
    event      text   not null,
    detail     text
);
create index ledger_by_inquiry on ledger (inquiry_id, id);
