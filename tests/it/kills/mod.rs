//! kill -9 at random moments, a hundred times: whatever was acknowledged is there, and nobody is sent a thing twice
//! without being able to tell.

mod crowd;
mod end;
mod promises;
mod stock;

use std::time::{Duration, Instant};

use fastrand::Rng;
use leftoff::config::Config;
use reqwest::{Client, redirect::Policy};
use secrecy::{ExposeSecret as _, SecretString};

use crate::support::{App, MailServer, Program, Receiver, WEBHOOK_SECRET};
use crowd::Crowd;
use promises::Promises;
use stock::Stock;

/// How often the process is killed.
const RUNS: usize = 100;
/// The most that is acknowledged in one life before its end is decided, and how much later the end comes at most.
const MOST_KEPT: usize = 12;
const LONGEST_REST: Duration = Duration::from_millis(4);
/// A seed to run again what a failure printed.
const SEED: &str = "LEFTOFF_TEST_SEED";

/// Everything around the process that survives it.
struct Around {
    app: App,
    receiver: Receiver,
    mails: MailServer,
    secret: String,
}

/// The settings of the program, and of the application that finishes what the last kill left.
fn reachable(config: &mut Config, mails: &MailServer) {
    config.deliveries.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
    config.mail.smtp_url = Some(SecretString::from(mails.url.clone()));
}

async fn around() -> Around {
    let mails = MailServer::start().await;
    let app = App::start_live(|config| reachable(config, &mails)).await;
    let receiver = Receiver::start().await;
    let new = leftoff::deliver::NewEndpoint {
        url: receiver.url.clone(),
        description: "A receiver".to_owned(),
        events: None,
    };
    let added = app
        .state
        .deliveries
        .add(&leftoff::staff::Actor::System, &new);
    let (_, secret) = added.await.unwrap();
    Around {
        app,
        receiver,
        mails,
        secret: secret.expose_secret().to_owned(),
    }
}

fn program(around: &Around) -> Program {
    Program::beside(&around.app)
        .set("PERSONA__WEBHOOK_SECRETS", WEBHOOK_SECRET)
        .set("DELIVERIES__ALLOW_NETWORKS", "[\"127.0.0.0/8\"]")
        .set("MAIL__SMTP_URL", &around.mails.url)
        .set("LIMITS__PAGES", "100000")
        .set("LIMITS__ACTS", "100000")
        .set("LIMITS__API", "100000")
        .set("RECOVER__AN_HOUR", "100000")
}

/// The number that every moment follows from.
fn seed() -> u64 {
    let given = std::env::var(SEED).ok();
    given.map_or_else(|| fastrand::u64(..), |given| given.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_kills_at_random_lose_nothing_that_was_acknowledged() {
    let seed = seed();
    eprintln!("{SEED}={seed}");
    let mut random = Rng::with_seed(seed);
    let around = around().await;
    let program = program(&around);
    let mut stock = Stock::new(&around.app).await;
    let promises = Promises::default();
    let client = Client::builder().redirect(Policy::none()).no_proxy();
    let client = client.build().unwrap();
    for run in 1..=RUNS {
        stock.refill(&around.app).await;
        let served = program.serve().await;
        let kept = promises.begin(run) + random.usize(0..=MOST_KEPT);
        let rest = LONGEST_REST.mul_f64(random.f64());
        let crowd = Crowd::new(&around.app, &client, &served, &stock, &promises);
        let death = async {
            promises.reach(kept).await;
            let decided = Instant::now();
            while decided.elapsed() < rest {
                tokio::task::yield_now().await;
            }
            served.kill();
        };
        tokio::join!(crowd.work(), death);
    }
    eprintln!("{promises}");
    assert!(
        promises.cut() > RUNS,
        "hardly a request was under way when the process was killed"
    );
    end::life_goes_on(&program).await;
    end::finish(&around.app).await;
    end::check(&around, &promises, &program).await;
}
