//! The database as a server that several processes share: PostgreSQL.

use std::{cell::RefCell, collections::HashMap, fmt, sync::Arc, time::Duration};

use bytes::BytesMut;
use postgres::{
    Client, Config, Statement,
    fallible_iterator::FallibleIterator as _,
    types::{IsNull, ToSql, Type, to_sql_checked},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    error::Result,
    row::Row,
    value::{Bound, Param},
};

/// Nobody waits longer than this for the turn to write, and nobody keeps it for longer while doing nothing: a node that
/// froze or vanished in the middle loses what it did not commit.
const SETTINGS: &str = "set default_transaction_isolation = 'read committed'; set lock_timeout = '10s'; \
    set idle_in_transaction_session_timeout = '10s'; set statement_timeout = '60s'; \
    set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

/// One process writes at a time, as with SQLite: so every change sees what was committed before, and the audit is one
/// chain.
const BEGIN: &str = "begin; select id from turns where id = 1 for update";

/// Where nodes tell each other of commits.
pub(super) const CHANNEL: &str = "leftoff_commits";

/// How long a server may take to answer when a connection is made.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// After how long a server that is gone without a word is taken for gone.
const GONE_AFTER: Duration = Duration::from_secs(15);

/// A connection to the server.
pub(super) struct Postgres {
    session: RefCell<Session>,
    node: Arc<str>,
}

/// A server, how to sign in there, and this process among those that do.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// How to connect.
    pub(super) config: Config,
    /// The name of this process, made when the store is opened.
    pub(super) node: Arc<str>,
}

struct Session {
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl Postgres {
    /// One more connection.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub(super) fn connect(address: &Address) -> Result<Self, postgres::Error> {
        let mut client = client(&address.config)?;
        client.batch_execute(SETTINGS)?;
        let session = Session {
            client,
            prepared: HashMap::new(),
        };
        Ok(Self {
            session: RefCell::new(session),
            node: Arc::clone(&address.node),
        })
    }

    /// What every row of a query becomes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) fn each<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let bound: Vec<_> = params.iter().map(|param| param.bound()).collect();
        let session = &mut *self.session.borrow_mut();
        let statement = session.prepare(sql, &bound)?;
        let mut rows = session.client.query_raw(&statement, references(&bound))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(&Row::Postgres(&row))?);
        }
        Ok(found)
    }

    /// What the first row of a query becomes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let bound: Vec<_> = params.iter().map(|param| param.bound()).collect();
        let session = &mut *self.session.borrow_mut();
        let statement = session.prepare(sql, &bound)?;
        let rows = session.client.query(&statement, &references(&bound))?;
        rows.first()
            .map(|row| read(&Row::Postgres(row)))
            .transpose()
    }

    /// Runs a statement; gives the number of rows that it touched.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub(super) fn execute(&self, sql: &str, params: &[Param<'_>]) -> Result<usize> {
        let bound: Vec<_> = params.iter().map(|param| param.bound()).collect();
        let session = &mut *self.session.borrow_mut();
        let statement = session.prepare(sql, &bound)?;
        let touched = session.client.execute(&statement, &references(&bound))?;
        Ok(usize::try_from(touched).unwrap_or(usize::MAX))
    }

    /// Runs statements without values.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub(super) fn tell(&self, sql: &str) -> Result<()> {
        Ok(self.session.borrow_mut().client.batch_execute(sql)?)
    }

    /// Begins a transaction that writes, when no other process does.
    ///
    /// # Errors
    /// When the database does not answer, or nobody gave the turn away in time.
    pub(super) fn begin(&self) -> Result<()> {
        self.tell(BEGIN)
            .inspect_err(|_| drop(self.tell("rollback")))
    }

    /// Commits, and tells the other nodes.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub(super) fn commit(&self) -> Result<()> {
        self.tell(&format!("notify {CHANNEL}, '{}'; commit", self.node))
    }

    /// Whether the server hung up.
    pub(super) fn is_closed(&self) -> bool {
        self.session.borrow().client.is_closed()
    }

    /// Asks the server whether it is still there.
    pub(super) fn answers(&self) -> bool {
        let client = &mut self.session.borrow_mut().client;
        client.is_valid(CONNECT_WITHIN).is_ok()
    }
}

impl Session {
    /// The types are those of the values, not what the server makes of the places where they stand.
    fn prepare(&mut self, sql: &str, bound: &[Bound<'_>]) -> Result<Statement> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let types: Vec<_> = bound.iter().map(kind).collect();
        let statement = self.client.prepare_typed(&numbered(sql), &types)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// A connection as the server's address asks for it.
///
/// # Errors
/// When the server cannot be reached or refuses.
pub(super) fn client(config: &Config) -> Result<Client, postgres::Error> {
    let mut config = config.clone();
    config
        .application_name("leftoff")
        .connect_timeout(CONNECT_WITHIN)
        .keepalives_idle(GONE_AFTER)
        .tcp_user_timeout(GONE_AFTER);
    match MakeRustlsConnect::with_native_certs() {
        Ok((tls, _)) => config.connect(tls),
        // A machine without any root certificate can only speak without TLS.
        Err(_) => config.connect(postgres::NoTls),
    }
}

/// `?`, as SQLite counts by itself, becomes `$1`, `$2` and so on.
fn numbered(sql: &str) -> String {
    let mut parts = sql.split('?');
    let first = parts.next().unwrap_or_default().to_owned();
    parts
        .enumerate()
        .fold(first, |sql, (at, part)| format!("{sql}${}{part}", at + 1))
}

const fn kind(bound: &Bound<'_>) -> Type {
    match bound {
        Bound::Integer(_) => Type::INT8,
        Bound::Text(_) => Type::TEXT,
    }
}

fn references<'a>(bound: &'a [Bound<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    bound
        .iter()
        .map(|bound| bound as &(dyn ToSql + Sync))
        .collect()
}

impl ToSql for Bound<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Integer(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::TEXT)
    }

    to_sql_checked!();
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postgres")
    }
}
