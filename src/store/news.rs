//! Hearing of the commits of other processes.

use std::{thread, time::Duration};

use postgres::{Client, fallible_iterator::FallibleIterator as _};
use tokio::sync::watch;

use super::{
    database::Database,
    error::OpenError,
    postgres::{Address, CHANNEL, client},
};

/// After so long a connection that was lost is made again; those who wait for news look for themselves meanwhile.
const AGAIN: Duration = Duration::from_secs(2);
/// How often somebody looks whether anybody still wants to know.
const LOOK: Duration = Duration::from_secs(1);

/// Tells of each commit of another process, if there can be any.
///
/// # Errors
/// When the database does not answer, or the system has no thread left.
pub(super) fn follow(database: &Database, news: News) -> Result<(), OpenError> {
    if let Database::Postgres(address) = database {
        let listening = listen(address)?;
        let address = address.clone();
        thread::Builder::new()
            .name("store-news".to_owned())
            .spawn(move || run(&address, listening, &news))?;
    }
    Ok(())
}

/// Those who are told.
type News = [watch::Sender<()>; 2];

fn tell(news: &News) {
    for one in news {
        one.send_replace(());
    }
}

fn listen(address: &Address) -> Result<Client, postgres::Error> {
    let mut listening = client(&address.config)?;
    listening.batch_execute(&format!("listen {CHANNEL}"))?;
    Ok(listening)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a thread of its own, which nobody waits for, and a server that is away makes no event"
)]
fn run(address: &Address, mut listening: Client, news: &News) {
    while hear(address, &mut listening, news) {
        thread::sleep(AGAIN);
        match listen(address) {
            Ok(again) => listening = again,
            Err(error) => tracing::warn!(%error, "commits of other nodes cannot be heard"),
        }
        // What was missed meanwhile is looked for.
        tell(news);
    }
}

/// Listens until the connection is lost; false when nobody wants to know any more.
fn hear(address: &Address, listening: &mut Client, news: &News) -> bool {
    let mut notifications = listening.notifications();
    while !news.iter().all(watch::Sender::is_closed) {
        match notifications.timeout_iter(LOOK).next() {
            Ok(Some(told)) if told.payload() != &*address.node => tell(news),
            Ok(_) => {}
            Err(_) => return true,
        }
    }
    false
}
