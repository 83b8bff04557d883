-- Requests for a new link by people who lost theirs, whether or not we know anything by what they typed. That is sealed with
-- server.secret, and the row goes when it was looked into: what came of it stands in the ledger of the inquiry.
create table recoveries (
    id         text   not null primary key,
    asked      text   not null,
    locale     text   not null,
    created_at bigint not null,
    due_at     bigint not null,
    tries      bigint not null
);
create index recoveries_by_due on recoveries (due_at, id);
