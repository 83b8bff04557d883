-- Reading the inquiries of Persona page by page, in steps that a restart does not undo. `statuses` are separated by
-- commas, none for all. `last_id` and `last_at` are the last inquiry that was kept and when it was made.
create table imports (
    id          text   not null primary key,
    actor       text   not null,
    started_at  bigint not null,
    statuses    text   not null,
    since       bigint,
    state       text   not null,
    phase       text   not null,
    last_id     text,
    last_at     bigint,
    pages       bigint not null,
    inquiries   bigint not null,
    failures    bigint not null,
    next_at     bigint not null,
    error       text,
    finished_at bigint
);
create unique index imports_running on imports (state) where state = 'running';

-- The queue's indexes hold what its filters look at, so that a row that does not match is passed over without being read.
-- Whom nobody wrote to for longest is asked for by need and by template too.
drop index inquiries_by_need;
drop index inquiries_by_since;
drop index inquiries_by_template;
create index inquiries_by_need on inquiries (need, since, id, sessions, contacted_at, template_id, template_version_id)
    where need is not null;
create index inquiries_by_since on inquiries (since, id, need, sessions, contacted_at, template_id, template_version_id)
    where need is not null;
create index inquiries_by_template on inquiries (template_id, since, id, need, sessions, contacted_at, template_version_id)
    where need is not null;
create index inquiries_by_need_contact on inquiries (need, contacted_at, id, since) where need is not null;
create index inquiries_by_template_contact on inquiries (template_id, contacted_at, id, need, since)
    where need is not null;
