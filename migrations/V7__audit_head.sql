-- Where the chain ends, written with each row: a chain that was cut off at its end shows.
create table audit_head (
    id   bigint not null primary key,
    seq  bigint not null,
    hash text   not null
);

-- The hash of a row further back (its number without its lowest bit), so that a few hashes lead from the end of the
-- chain to any row of it.
alter table audit add column skip text not null default '';

-- What the page of the audit filters by, beside V2's.
create index audit_by_reason on audit (reason, seq) where reason is not null;
create index audit_by_at on audit (at);
