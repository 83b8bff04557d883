//! Triggers that keep the audit from being rewritten.

/// Refuses what no part of Leftoff does: changing or removing a row. Whoever owns the file can drop these triggers; then
/// the chain tells. They are SQLite's own form, so they are no migration.
pub(in crate::store) const GUARDS: &str = "
    create trigger if not exists audit_is_never_changed before update on audit
        begin select raise(abort, 'the audit is only added to'); end;
    create trigger if not exists audit_is_never_removed before delete on audit
        begin select raise(abort, 'the audit is only added to'); end;
    create trigger if not exists audit_head_is_never_removed before delete on audit_head
        begin select raise(abort, 'the audit keeps its head'); end;
    create trigger if not exists audit_head_goes_forward before update on audit_head when new.seq <> old.seq + 1
        begin select raise(abort, 'the head of the audit goes forward'); end;
";

/// The same in PostgreSQL's form.
pub(in crate::store) const POSTGRES_GUARDS: &str = "
    create or replace function refuse_change() returns trigger language plpgsql
        as $$ begin raise exception '%', tg_argv[0]; end $$;
    create or replace trigger audit_is_never_changed before update on audit
        for each row execute function refuse_change('the audit is only added to');
    create or replace trigger audit_is_never_removed before delete on audit
        for each row execute function refuse_change('the audit is only added to');
    create or replace trigger audit_is_never_emptied before truncate on audit
        for each statement execute function refuse_change('the audit is only added to');
    create or replace trigger audit_head_is_never_removed before delete on audit_head
        for each row execute function refuse_change('the audit keeps its head');
    create or replace trigger audit_head_is_never_emptied before truncate on audit_head
        for each statement execute function refuse_change('the audit keeps its head');
    create or replace trigger audit_head_goes_forward before update on audit_head
        for each row when (new.seq <> old.seq + 1)
        execute function refuse_change('the head of the audit goes forward');
";
