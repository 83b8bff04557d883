-- What Persona told us of, each event once by its own ID. `at` is when it happened by Persona's clock, `told_at` when the
-- first webhook told of it, `sweep_id` the sweep that found it where none had. `said` is what we keep of the inquiry as it
-- was then: status, IDs and times, no personal data. `position` orders events of the same millisecond.
create table events (
    id          text   not null primary key,
    name        text   not null,
    at          bigint not null,
    received_at bigint not null,
    source      text   not null,
    told_at     bigint,
    sweep_id    text,
    object_id   text   not null,
    inquiry_id  text,
    position    bigint not null,
    said        text,
    state       text   not null,
    settled_at  bigint,
    result      text,
    tries       bigint not null,
    due_at      bigint not null
);
create index events_of_inquiry on events (inquiry_id, at, position, id) where said is not null;
create index events_waiting on events (at, position, id) where state = 'waiting';
create index events_received on events (received_at, id);
create index events_by_name on events (name, received_at, id);
create index events_parked on events (received_at, id) where state = 'parked';
create index events_ignored on events (received_at, id) where state = 'ignored';
create index events_found on events (sweep_id, received_at, id) where sweep_id is not null;
create index events_untold on events (at) where told_at is null;

-- How the webhooks do, in one row: when one was last heard, and since when and why something is wrong with them.
create table channel (
    id       bigint not null primary key,
    heard_at bigint,
    alarm_at bigint,
    alarm    text
);
insert into channel (id) values (1);

-- Looking for what no webhook told of, in steps that a restart does not undo. Events from `since` to `until` are looked
-- through, then inquiries that were not read for long; `last_id` is where the next page begins. `found` counts events that
-- no webhook had told of, `moved` inquiries whose state changed without any event.
create table sweeps (
    id          text   not null primary key,
    actor       text   not null,
    started_at  bigint not null,
    since       bigint not null,
    until       bigint not null,
    is_first    bigint not null,
    state       text   not null,
    phase       text   not null,
    last_id     text,
    has_events  bigint not null,
    pages       bigint not null,
    seen        bigint not null,
    found       bigint not null,
    moved       bigint not null,
    failures    bigint not null,
    next_at     bigint not null,
    error       text,
    finished_at bigint
);
create unique index sweeps_running on sweeps (state) where state = 'running';
create index sweeps_with_drift on sweeps (id) where found > 0 or moved > 0;

-- When Persona last changed an inquiry by its own clock, and the event that its state comes from; none when it was read.
alter table inquiries add column updated_at bigint;
alter table inquiries add column event_id text;
-- The event that told that the person was done, where no browser came back.
alter table receipts add column event_id text;
