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
