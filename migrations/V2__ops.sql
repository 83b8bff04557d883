-- What ops knows of an inquiry. `need` says why somebody should look at it and `since` from when on; no need, no row in
-- the queue. `contacted_at` is 0 for a person whom nobody wrote to, so that one index sorts them all.
alter table inquiries add column reference_id text;
alter table inquiries add column account_id text;
alter table inquiries add column created_at bigint;
alter table inquiries add column started_at bigint;
alter table inquiries add column expired_at bigint;
alter table inquiries add column finished_at bigint;
alter table inquiries add column step text;
alter table inquiries add column sessions bigint not null default 0;
alter table inquiries add column trouble text;
alter table inquiries add column trouble_at bigint;
alter table inquiries add column resumed_at bigint;
alter table inquiries add column contacted_at bigint not null default 0;
alter table inquiries add column need text;
alter table inquiries add column since bigint;
create index inquiries_by_need on inquiries (need, since, id) where need is not null;
create index inquiries_by_since on inquiries (since, id) where need is not null;
create index inquiries_by_contact on inquiries (contacted_at, id) where need is not null;
create index inquiries_by_template on inquiries (template_id, since, id) where need is not null;
create index inquiries_by_reference on inquiries (reference_id);
create index inquiries_by_account on inquiries (account_id);

-- Templates, to tell an inquiry whose version is no longer the published one.
create table templates (
    id                text   not null primary key,
    name              text,
    latest_version_id text,
    read_at           bigint not null
);

-- The company's people. `totp_secret` is sealed with server.secret; `totp_step` is the last step that was used.
create table staff (
    id            text   not null primary key,
    email         text   not null unique,
    name          text   not null,
    role          text   not null,
    password_hash text,
    totp_secret   text,
    totp_step     bigint,
    oidc_issuer   text,
    oidc_subject  text,
    created_at    bigint not null,
    disabled_at   bigint
);
create unique index staff_by_subject on staff (oidc_issuer, oidc_subject) where oidc_subject is not null;

-- Who is signed in. The cookie itself is nowhere; this is its SHA-256. `stage` is what is still to be proved.
create table staff_sessions (
    id         text   not null primary key,
    token_hash text   not null unique,
    staff_id   text   not null references staff (id),
    method     text   not null,
    stage      text   not null,
    zone       text,
    browser    text,
    created_at bigint not null,
    seen_at    bigint not null,
    proved_at  bigint not null,
    ended_at   bigint
);
create index staff_sessions_by_staff on staff_sessions (staff_id, id);

-- Who did what, as a chain: each row carries the hash of the one before.
create table audit (
    seq       bigint not null primary key,
    at        bigint not null,
    actor     text   not null,
    act       text   not null,
    object    text   not null,
    reason    text,
    note      text,
    before    text,
    after     text,
    previous  text   not null,
    hash      text   not null
);
create index audit_by_object on audit (object, seq);
create index audit_by_actor on audit (actor, seq);
create index audit_by_act on audit (act, seq);

-- Filters that somebody saved: their own, or everybody's when shared.
create table views (
    id         text   not null primary key,
    staff_id   text   not null references staff (id),
    name       text   not null,
    query      text   not null,
    is_shared  bigint not null,
    created_at bigint not null
);
create index views_by_staff on views (staff_id, id);
