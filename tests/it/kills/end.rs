//! After the last kill: what was left is finished, and every promise is held against what is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use leftoff::{
    model::webhook,
    store::{
        events::{APPLIED, IGNORED},
        ledger::LedgerQuery,
    },
    worker::{Pace, Work},
};

use super::{
    Around,
    promises::{Promise, Promises},
};
use crate::support::{App, Hook, Program, client};

/// A process begins after the last kill, serves, and ends as it should.
pub(super) async fn life_goes_on(program: &Program) {
    let served = program.serve().await;
    let ready = client().get(served.url("/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), 200);
    served.tell("TERM");
    let ended = served.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

/// Finishes what was begun; the clock moves past the leases of the processes that were killed.
pub(super) async fn finish(app: &App) {
    let state = &app.state;
    loop {
        let waits = [
            run(&state.webhooks).await,
            run(&state.recovery).await,
            run(&state.notifier).await,
            run(&state.deliveries).await,
        ];
        match waits.into_iter().flatten().min() {
            Some(wait) => app.advance(wait),
            None => return,
        }
    }
}

/// Steps until nothing is due; how long until something is.
async fn run(work: &impl Work) -> Option<Duration> {
    loop {
        match work.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => return Some(wait),
            Pace::Idle => return None,
        }
    }
}

/// Holds every promise against what is there.
pub(super) async fn check(around: &Around, promises: &Promises, program: &Program) {
    let deeds = deeds(&around.app, program).await;
    let mails = mails(around);
    let all = promises.all().clone();
    for (run, promise) in all {
        let is_kept = match &promise {
            Promise::Event(id) => is_applied(&around.app, id).await,
            Promise::Resumed(inquiry) => times(&around.app, inquiry, "resumed").await == 1,
            Promise::Receipt(inquiry) => {
                around.app.receipt(inquiry).await.is_some()
                    && times(&around.app, inquiry, "verified").await == 1
            }
            Promise::Deed(note) => deeds.get(note) == Some(&1),
            Promise::Mail(address, inquiry) => {
                mails.get(address).is_some_and(|ids| ids.len() == 1)
                    && times(&around.app, inquiry, "message-sent").await == 1
            }
        };
        assert!(
            is_kept,
            "what run {run} acknowledged is lost or doubled: {promise:?}"
        );
    }
    each_is_told_under_one_id(around).await;
}

async fn is_applied(app: &App, id: &str) -> bool {
    let row = app.state.store.event(id).await.unwrap();
    row.is_some_and(|row| [APPLIED, IGNORED].contains(&&*row.state))
}

/// How often something happened to an inquiry.
async fn times(app: &App, inquiry: &str, event: &str) -> usize {
    let ledger = app.ledger(inquiry).await;
    ledger.iter().filter(|other| *other == event).count()
}

/// The notes of the audit, each with how often it stands there; its chain is whole.
async fn deeds(app: &App, program: &Program) -> BTreeMap<String, usize> {
    let verified = program.run(&["audit", "verify"]).await;
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    let mut deeds = BTreeMap::new();
    for row in app.audit().await {
        *deeds.entry(row.note.unwrap_or_default()).or_default() += 1;
    }
    deeds
}

/// The IDs of the mails that an address was sent.
fn mails(around: &Around) -> BTreeMap<String, BTreeSet<String>> {
    let (mut mails, all) = (BTreeMap::<_, BTreeSet<_>>::new(), around.mails.mails());
    for mail in &all {
        let address = mail.to.split(['<', '>']).nth(1).unwrap().to_owned();
        let id = mail.header("Message-ID").to_owned();
        assert!(!id.is_empty(), "a mail has no ID");
        mails.entry(address).or_default().insert(id);
    }
    let ids: BTreeSet<_> = mails.values().flatten().collect();
    assert_eq!(ids.len(), mails.len(), "two people share an ID");
    eprintln!(
        "mails: {}, of them {} for the first time",
        all.len(),
        ids.len()
    );
    mails
}

/// Every entry of the ledger that is told was told, its copies under one ID and with one content.
async fn each_is_told_under_one_id(around: &Around) {
    let app = &around.app;
    let hooks = around.receiver.hooks();
    let mut told = BTreeMap::<&str, BTreeSet<&str>>::new();
    for hook in &hooks {
        assert!(hook.is_signed_by(&around.secret));
        told.entry(hook.id()).or_default().insert(&hook.body);
    }
    eprintln!(
        "webhooks: {}, of them {} for the first time",
        hooks.len(),
        told.len()
    );
    assert!(told.values().all(|bodies| bodies.len() == 1));
    let mut meant = BTreeSet::new();
    for row in app
        .state
        .store
        .ledger_after(LedgerQuery::default(), 0, 1_000_000)
        .await
        .unwrap()
    {
        if webhook::of(&row.event).is_some() {
            meant.insert(format!("msg_{}", row.id));
        }
    }
    let told: BTreeSet<_> = hooks
        .iter()
        .map(|hook: &Hook| hook.id().to_owned())
        .collect();
    assert_eq!(told, meant, "none is lost, and none has another ID");
}
