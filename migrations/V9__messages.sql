-- Messages to people: written with the act that causes them, sent in the background. Nobody's address, no word of a text and
-- no URL is here: the address is read from Persona, and the URL follows from server.secret and the link's ID, both when the
-- message is sent. `due_at` of one that is being sent is when it may be taken up again. `quiet` are hours in which it waits.
create table messages (
    id         text   not null primary key,
    kind       text   not null,
    inquiry_id text   not null references inquiries (id),
    link_id    text   not null references links (id),
    channel    text   not null,
    locale     text,
    actor      text   not null,
    policy_id  text,
    quiet      text,
    state      text   not null,
    tries      bigint not null,
    created_at bigint not null,
    due_at     bigint not null,
    settled_at bigint,
    error      text
);
create index messages_due on messages (due_at, id, channel) where state in ('waiting', 'sending', 'failed');
create index messages_by_state on messages (state, id);
create index messages_by_channel on messages (channel, id);
create index messages_by_inquiry on messages (inquiry_id, id);
create index messages_by_policy on messages (policy_id, id) where policy_id is not null;
