//! The tables `staff` and `staff_sessions`: the company's people, and where they are signed in.

use super::{Change, Record as _, Result, Store, columns};

/// A member of the staff: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffRow {
    /// A ULID.
    pub id: String,
    /// The address that they sign in with, in lower case.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The code of their role.
    pub role: String,
    /// Argon2id of their password; none for those who sign in by OpenID Connect only.
    pub password_hash: Option<String>,
    /// The sealed secret of their second factor.
    pub totp_secret: Option<String>,
    /// The last time step whose code was used.
    pub totp_step: Option<i64>,
    /// Who vouches for them.
    pub oidc_issuer: Option<String>,
    /// Their name there.
    pub oidc_subject: Option<String>,
    /// When they were added.
    pub created_at: i64,
    /// When they were shut out.
    pub disabled_at: Option<i64>,
}

columns!(StaffRow: id, email, name, role, password_hash, totp_secret, totp_step, oidc_issuer, oidc_subject,
    created_at, disabled_at);

/// A place where somebody is signed in: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionRow {
    /// A ULID; not a secret.
    pub id: String,
    /// SHA-256 of the cookie.
    pub token_hash: String,
    /// Who.
    pub staff_id: String,
    /// How they proved it: `password` or `oidc`.
    pub method: String,
    /// What is still to be proved: `code`, `enrol`, or `done`.
    pub stage: String,
    /// Their time zone, by its IANA name.
    pub zone: Option<String>,
    /// The browser, in a few words.
    pub browser: Option<String>,
    /// When they came.
    pub created_at: i64,
    /// When they last did something.
    pub seen_at: i64,
    /// When they last proved who they are.
    pub proved_at: i64,
    /// When it ended.
    pub ended_at: Option<i64>,
}

columns!(SessionRow: id, token_hash, staff_id, method, stage, zone, browser, created_at, seen_at, proved_at, ended_at);

impl Store {
    /// The member of the staff with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff(&self, id: &str) -> Result<Option<StaffRow>> {
        self.by("staff", "id", &id).await
    }

    /// The member of the staff with this address, in lower case.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_by_email(&self, email: &str) -> Result<Option<StaffRow>> {
        self.by("staff", "email", &email).await
    }

    /// The member of the staff whom this issuer knows by this name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_by_subject(&self, issuer: &str, subject: &str) -> Result<Option<StaffRow>> {
        let columns = StaffRow::COLUMNS;
        let sql =
            format!("select {columns} from staff where oidc_issuer = $1 and oidc_subject = $2");
        self.one(&sql, &[&issuer, &subject]).await
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn team(&self) -> Result<Vec<StaffRow>> {
        let sql = format!("select {} from staff order by name, id", StaffRow::COLUMNS);
        self.scan(move |rows| rows.all(&sql, &[])).await
    }

    /// The session whose cookie has this hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_session(&self, token_hash: &str) -> Result<Option<SessionRow>> {
        self.by("staff_sessions", "token_hash", &token_hash).await
    }

    /// Where somebody is signed in, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_sessions(&self, staff_id: &str) -> Result<Vec<SessionRow>> {
        let columns = SessionRow::COLUMNS;
        let sql = format!(
            "select {columns} from staff_sessions
             where staff_id = $1 and ended_at is null order by id desc limit 100"
        );
        self.all(&sql, &[&staff_id]).await
    }
}

/// When somebody was last there, and where they still may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRow {
    /// Who.
    pub staff_id: String,
    /// When they last did something.
    pub seen_at: i64,
    /// Sessions that are open.
    pub open: i64,
}

columns!(SeenRow: staff_id, seen_at, open);

impl Store {
    /// When each of the staff was last there. A session is open when it was neither ended, nor begun before `begun`, nor
    /// last used before `used`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_seen(&self, begun: i64, used: i64) -> Result<Vec<SeenRow>> {
        let sql = "select staff_id, max(seen_at) as seen_at,
                sum(case when ended_at is null and stage = 'done' and created_at > $1 and seen_at > $2
                    then 1 else 0 end) as open
            from staff_sessions group by staff_id";
        self.scan(move |rows| rows.all(sql, &[&begun, &used])).await
    }
}

/// Ends every session of somebody but one; gives how many there were.
///
/// # Errors
/// When the database cannot write.
pub fn end_other_sessions(
    change: &Change<'_>,
    staff_id: &str,
    kept: &str,
    at: i64,
) -> Result<usize> {
    let sql = "update staff_sessions set ended_at = $1
         where staff_id = $2 and id <> $3 and ended_at is null";
    change.execute(sql, &[&at, &staff_id, &kept])
}

/// Sets the time zone of every open session of somebody.
///
/// # Errors
/// When the database cannot write.
pub fn set_zone(change: &Change<'_>, staff_id: &str, zone: &str) -> Result<()> {
    let sql = "update staff_sessions set zone = $1 where staff_id = $2 and ended_at is null";
    change.execute(sql, &[&zone, &staff_id]).map(drop)
}

/// Adds somebody; false when the address is taken.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &StaffRow) -> Result<bool> {
    let once = "on conflict (email) do nothing";
    Ok(change.insert("staff", row, once)? == 1)
}

/// Somebody, as this change sees them.
///
/// # Errors
/// When the database does not answer.
pub fn find(change: &Change<'_>, id: &str) -> Result<Option<StaffRow>> {
    change.by("staff", "id", &id)
}

/// How many admins may sign in.
///
/// # Errors
/// When the database does not answer.
pub fn count_admins(change: &Change<'_>) -> Result<i64> {
    let sql = "select count(*) from staff where role = 'admin' and disabled_at is null";
    Ok(change.one_value(sql, &[])?.unwrap_or_default())
}

/// Changes what is kept of somebody; gives how it is now, or none when there is nobody of this ID.
///
/// # Errors
/// When the database cannot write.
pub fn edit(
    change: &Change<'_>,
    id: &str,
    edit: impl FnOnce(&mut StaffRow),
) -> Result<Option<StaffRow>> {
    let known: Option<StaffRow> = change.by("staff", "id", &id)?;
    let Some(mut row) = known else {
        return Ok(None);
    };
    edit(&mut row);
    change.upsert("staff", "id", &row)?;
    Ok(Some(row))
}

/// Writes a session, new or changed.
///
/// # Errors
/// When the database cannot write.
pub fn keep_session(change: &Change<'_>, row: &SessionRow) -> Result<()> {
    change.upsert("staff_sessions", "id", row)
}

/// Notes that a session was used.
///
/// # Errors
/// When the database cannot write.
pub fn seen(change: &Change<'_>, id: &str, at: i64) -> Result<()> {
    let sql = "update staff_sessions set seen_at = $1 where id = $2 and ended_at is null";
    change.execute(sql, &[&at, &id]).map(drop)
}

/// Ends one session of somebody; false when there is nothing to end.
///
/// # Errors
/// When the database cannot write.
pub fn end_session(change: &Change<'_>, staff_id: &str, id: &str, at: i64) -> Result<bool> {
    let sql = "update staff_sessions set ended_at = $1
         where id = $2 and staff_id = $3 and ended_at is null";
    Ok(change.execute(sql, &[&at, &id, &staff_id])? == 1)
}

/// Ends every session of somebody; gives how many there were.
///
/// # Errors
/// When the database cannot write.
pub fn end_sessions(change: &Change<'_>, staff_id: &str, at: i64) -> Result<usize> {
    let sql = "update staff_sessions set ended_at = $1 where staff_id = $2 and ended_at is null";
    change.execute(sql, &[&at, &staff_id])
}
