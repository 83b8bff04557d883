-- Who did it, as the audit names them; none for what the person did.
alter table ledger add column actor text;
