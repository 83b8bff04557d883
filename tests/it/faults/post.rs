//! A mail server that all of these tests share, and people with addresses of their own.

use std::{
    collections::BTreeSet,
    future::pending,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use leftoff::config::Config;
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Seed, Status};

use crate::support::{App, MailServer};

/// Each test has a runtime of its own; this server outlives them.
static SERVER: LazyLock<MailServer> = LazyLock::new(|| {
    let (sender, server) = mpsc::channel();
    thread::spawn(move || serve(&sender));
    server.recv().unwrap()
});

#[tokio::main(flavor = "current_thread")]
async fn serve(sender: &mpsc::Sender<MailServer>) {
    sender.send(MailServer::start().await).unwrap();
    pending::<()>().await;
}

/// Lets mails go there.
pub(super) fn settings(config: &mut Config) {
    config.mail.smtp_url = Some(SecretString::from(SERVER.url.clone()));
}

/// An address that nobody else has.
pub(super) fn address() -> String {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    format!("rita-{}@example.org", NUMBER.fetch_add(1, Ordering::SeqCst))
}

/// An inquiry that we know, of somebody at an address.
pub(super) async fn somebody_at(app: &App, address: &str, status: Status) -> String {
    let fields = [("email-address".to_owned(), address.into())];
    let inquiry = app.persona.create_inquiry(&Seed {
        status,
        fields: fields.into_iter().collect(),
        ..Seed::default()
    });
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    inquiry
}

/// Whoever has this address got one message, however often.
pub(super) fn one_to(address: &str) {
    let mails = SERVER.mails().into_iter();
    let mails = mails.filter(|mail| mail.to.contains(&format!("<{address}>")));
    let ids: BTreeSet<_> = mails
        .map(|mail| mail.header("Message-ID").to_owned())
        .collect();
    assert_eq!(ids.len(), 1, "{address}: {ids:?}");
}
