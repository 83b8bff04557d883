// A look into the database. No command shows receipts, and what is kept about a person is worth seeing from outside.
import Database from "libsql";
import { run } from "./run.ts";
import { forgetSessions } from "./sessions.ts";

function all<Row>(sql: string, value: string): Row[] {
  const database = new Database(run().database, { readonly: true });
  try {
    return database.prepare(sql).all(value) as Row[];
  } finally {
    database.close();
  }
}

function write(sql: string, ...values: string[]): void {
  const database = new Database(run().database);
  try {
    database.exec("pragma busy_timeout = 5000");
    database.prepare(sql).run(...values);
  } finally {
    database.close();
  }
}

/** While it lasts the server finds no table of this name, as after an accident with the database. */
export async function without(table: string, meanwhile: () => Promise<void>): Promise<void> {
  write(`alter table ${table} rename to ${table}_away`);
  try {
    await meanwhile();
  } finally {
    write(`alter table ${table}_away rename to ${table}`);
  }
}

/** Makes the last proof of who acts old, for everybody: minutes that no test waits for. */
export function ageProofs(): void {
  forgetSessions();
  write("update staff_sessions set proved_at = 0 where ended_at is null");
}

/** The statuses of an inquiry's receipts. */
export function receipts(inquiry: string): string[] {
  const sql = "select status from receipts where inquiry_id = ?";
  return all<{ status: string }>(sql, inquiry).map((row) => row.status);
}

/** What happened to an inquiry, in order. */
export function events(inquiry: string): string[] {
  const sql = "select event from ledger where inquiry_id = ? order by id";
  return all<{ event: string }>(sql, inquiry).map((row) => row.event);
}

/** Everything that is stored about an inquiry, to compare. */
export function everything(inquiry: string): string {
  const tables = [
    "select * from inquiries where id = ?",
    "select * from links where inquiry_id = ? order by id",
    "select * from receipts where inquiry_id = ?",
    "select * from ledger where inquiry_id = ? order by id",
  ];
  return JSON.stringify(tables.map((sql) => all<object>(sql, inquiry)));
}
