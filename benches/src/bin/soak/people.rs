//! Who comes: people through the whole flow, the webhooks of it, the company's software and its staff.

use std::{
    fmt::Display,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use benches::{running::Running, staff};
use hmac::{Hmac, KeyInit as _, Mac as _};
use leftoff::clock::Clock;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use sha2::Sha256;
use simulator::{Control, Seed, Simulator, Status, WebhookTarget};
use tokio::sync::Semaphore;

/// What the simulated Persona signs its webhooks with.
pub(crate) const SECRET: &str = "wbhsec_of_the_soak";
/// Whoever waits longer for an answer has none.
const PATIENCE: Duration = Duration::from_secs(30);
/// People who are there at once at most.
const AT_ONCE: u32 = 16;
/// Pages of the staff, one for each person who comes.
const PAGES: [&str; 6] = [
    "/ops",
    "/ops?status=expired&need=stuck",
    "/ops/search?q=user-0000042",
    "/ops/audit",
    "/ops/events",
    "/ops/funnel",
];

/// Everybody who sends requests.
pub(crate) struct Company(Arc<Parts>);

struct Parts {
    url: String,
    persona: Control,
    client: Client,
    staff: Client,
    key: String,
    room: Semaphore,
    visits: AtomicU64,
    requests: AtomicU64,
    failures: AtomicU64,
}

impl Company {
    pub(crate) async fn new(leftoff: &Running, persona: &Simulator, key: String) -> Result<Self> {
        let control = persona.control();
        let _ = control.add_webhook(&WebhookTarget {
            url: format!("{}/webhooks/persona", leftoff.url).parse()?,
            secret: SECRET.to_owned(),
        });
        Ok(Self(Arc::new(Parts {
            url: leftoff.url.clone(),
            persona: control,
            client: Client::builder().timeout(PATIENCE).build()?,
            staff: staff::sign_in(leftoff).await?,
            key,
            room: Semaphore::new(usize::try_from(AT_ONCE)?),
            visits: AtomicU64::default(),
            requests: AtomicU64::default(),
            failures: AtomicU64::default(),
        })))
    }

    /// Somebody comes, when there is room.
    pub(crate) async fn arrive(&self) {
        let parts = Arc::clone(&self.0);
        let Ok(room) = parts.room.acquire().await else {
            return;
        };
        room.forget();
        let parts = Arc::clone(&self.0);
        tokio::spawn(async move {
            if let Err(error) = parts.visit().await {
                eprintln!("{error:#}");
                parts.failures.fetch_add(1, Ordering::Relaxed);
            }
            parts.room.add_permits(1);
        });
    }

    /// Waits until everybody left.
    pub(crate) async fn leave(&self) {
        drop(self.0.room.acquire_many(AT_ONCE).await);
    }

    pub(crate) fn visits(&self) -> u64 {
        self.0.visits.load(Ordering::Relaxed)
    }

    pub(crate) fn failures(&self) -> u64 {
        self.0.failures.load(Ordering::Relaxed)
    }

    /// What was answered.
    pub(crate) fn served(&self) -> impl Display {
        let requests = self.0.requests.load(Ordering::Relaxed);
        let (visits, failures) = (self.visits(), self.failures());
        format!(
            "{visits} people, {requests} requests and a webhook for each event, {failures} failures"
        )
    }
}

impl Parts {
    /// A link by the API, its page, the flow, the end of it, and a look of the staff.
    async fn visit(&self) -> Result<()> {
        let number = self.visits.fetch_add(1, Ordering::Relaxed);
        let inquiry = self.persona.create_inquiry(&Seed {
            status: Status::Expired,
            ..Seed::default()
        });
        let order = json!({ "inquiry_id": inquiry });
        let made = self.client.post(format!("{}/api/v1/links", self.url));
        let made = self.ask(made.bearer_auth(&self.key).json(&order)).await?;
        let made: Value = made.json().await?;
        let url = made["url"].as_str().context("no URL")?;
        let token = url.rsplit('/').next().context("no token")?;
        self.ask(self.client.get(url)).await?;
        let opened = self.act("resume_inquiry", token, None).await?;
        let cookie = opened.headers().get("set-cookie").context("no cookie")?;
        let cookie = cookie.to_str()?.split(';').next().context("no cookie")?;
        let cookie = cookie.to_owned();
        self.act("report_ready", token, Some(&cookie)).await?;
        self.persona
            .set_status(&inquiry, Status::Completed)
            .map_err(|error| anyhow::anyhow!("{error:?}"))?;
        self.act("report_completion", token, Some(&cookie)).await?;
        let page = PAGES[usize::try_from(number)? % PAGES.len()];
        let look = self.staff.get(format!("{}{page}", self.url));
        self.ask(look).await?;
        self.forge().await
    }

    async fn act(&self, act: &str, token: &str, cookie: Option<&str>) -> Result<Response> {
        let request = self.client.post(format!("{}/api/{act}", self.url));
        let request = request.header("origin", &self.url);
        let request = match cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        let arguments = json!({ "link": token, "birthdate": null });
        self.ask(request.json(&arguments)).await
    }

    /// A webhook that Persona signed and that is no event.
    async fn forge(&self) -> Result<()> {
        let (now, body) = (Clock::system().now().as_second(), "{}");
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes())?;
        mac.update(format!("{now}.{body}").as_bytes());
        let code = hex::encode(mac.finalize().into_bytes());
        let request = self.client.post(format!("{}/webhooks/persona", self.url));
        let request = request.header("persona-signature", format!("t={now},v1={code}"));
        let answer = request.body(body).send().await?;
        let status = answer.status().as_u16();
        ensure!(
            [400, 429].contains(&status),
            "{status} for what is no event"
        );
        Ok(())
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Response> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let answer = request.send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "{status} of {}", answer.url().path());
        Ok(answer)
    }
}
