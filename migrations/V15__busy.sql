-- Those who come near the 25 sessions that Persona allows are few among many: the queue's filters find them by an index of
-- their own. The words of its condition stand in the query too.
create index inquiries_by_busy on inquiries (since, id, need, sessions, contacted_at, template_id, template_version_id)
    where need is not null and sessions >= 20;
