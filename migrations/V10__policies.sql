-- When Leftoff acts by itself. `offsets` are minutes after the last that happened, separated by commas. `on_since` is null
-- while a policy is off; what came due before it does nothing.
create table policies (
    id          text   not null primary key,
    name        text   not null,
    act         text   not null,
    template_id text,
    channel     text   not null,
    locale      text   not null,
    offsets     text   not null,
    per_week    bigint not null,
    in_total    bigint not null,
    quiet       text,
    on_since    bigint,
    maker       text   not null,
    created_at  bigint not null,
    version     bigint not null
);

-- One row: whether all policies are stopped, and since when they may act again.
create table policy_switch (
    id         bigint not null primary key,
    is_stopped bigint not null,
    since      bigint not null,
    actor      text   not null
);

-- What policies did, once for each step of an inquiry: a second row of the same step cannot be. `anchor` is what the step is
-- counted from. One that is `acting` was begun and goes on after a restart; `attempt` is a part of its idempotency key.
create table policy_acts (
    id         text   not null primary key,
    policy_id  text   not null references policies (id),
    inquiry_id text   not null references inquiries (id),
    anchor     bigint not null,
    step       bigint not null,
    missed     bigint not null,
    state      text   not null,
    reason     text,
    at         bigint not null,
    link_id    text,
    message_id text,
    tries      bigint not null,
    attempt    bigint not null,
    due_at     bigint not null,
    unique (policy_id, inquiry_id, anchor, step)
);
create index policy_acts_by_policy on policy_acts (policy_id, id);
create index policy_acts_by_inquiry on policy_acts (inquiry_id, at);
create index policy_acts_due on policy_acts (due_at, id) where state = 'acting';

-- When a policy looks at an inquiry again, unless the inquiry moves before: so that not all are looked at all the time.
create table policy_marks (
    policy_id  text   not null references policies (id),
    inquiry_id text   not null references inquiries (id),
    version    bigint not null,
    next_at    bigint not null,
    primary key (policy_id, inquiry_id)
);
