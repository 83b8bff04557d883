//! One application with its own database and its own Persona.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use jiff::Timestamp;
use leftoff::{
    assets::Assets,
    brand::Brand,
    clock::{Clock, ManualClock},
    config::{Config, SecondFactor},
    http::router,
    links::{NewLink, channel::Channel, factor::Factor},
    model::role::Role,
    staff::{AccountError, Actor, NewStaff},
    state::AppState,
    store::{
        Store,
        audit::AuditRow,
        links::LinkRow,
        receipts::ReceiptRow,
        staff::StaffRow,
        transfer::{Moved, transfer},
    },
};
use persona::InquiryId;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use simulator::{Control, Options, Seed, Simulator, Status, WebhookTarget};
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::{BIRTHDATE, Browser, Database, Intake, client};

/// The password of everybody on the staff.
pub(crate) const PASSWORD: &str = "a-password-of-the-tests";
/// What second factors are sealed with.
pub(crate) const SERVER_SECRET: &str = "a secret of the tests, of nobody else";
/// What Persona signs its webhooks with.
pub(crate) const WEBHOOK_SECRET: &str = "wbhsec_of_the_tests";
/// The secret key; no answer may hold it.
pub(crate) const API_KEY: &str = "persona_sandbox_for_tests";

/// An application under test; it stops when it is dropped.
pub(crate) struct App {
    pub(crate) state: AppState,
    pub(crate) persona: Control,
    pub(crate) simulator: Simulator,
    router: Router,
    clock: ManualClock,
    _database: Database,
    folder: TempDir,
}

impl App {
    /// Starts an application with the settings of the repository.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts an application after changing the settings.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_beside(|_| {}, change).await
    }

    /// Starts an application after changing its Persona and the settings.
    pub(crate) async fn start_beside(
        persona: impl FnOnce(&mut Options),
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let start: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        Self::start_at(start, persona, change).await
    }

    /// Starts an application whose clock stands at the machine's time, for somebody else who looks at that.
    pub(crate) async fn start_now(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_at(Clock::system().now(), |_| {}, change).await
    }

    /// The same beside a Persona whose clock goes on, for processes that live by the machine's time.
    pub(crate) async fn start_live(change: impl FnOnce(&mut Config)) -> Self {
        let live = |options: &mut Options| {
            options.start_time = None;
            options.frozen_clock = false;
            options.rate_limit_per_minute = 1_000_000;
        };
        Self::start_at(Clock::system().now(), live, change).await
    }

    async fn start_at(
        start: Timestamp,
        persona: impl FnOnce(&mut Options),
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let database = Database::new(&folder.path().join("db")).await;
        Self::start_in(folder, database, start, persona, change).await
    }

    /// Starts an application on a server that other processes may share, with its clock and Persona's at the machine's
    /// time.
    pub(crate) async fn start_shared(change: impl FnOnce(&mut Config)) -> Self {
        let real = |options: &mut Options| {
            options.frozen_clock = false;
            options.start_time = None;
            options.rate_limit_per_minute = 100_000;
        };
        let (folder, database) = (TempDir::new().unwrap(), Database::on_server().await);
        Self::start_in(folder, database, Clock::system().now(), real, change).await
    }

    async fn start_in(
        folder: TempDir,
        database: Database,
        start: Timestamp,
        persona: impl FnOnce(&mut Options),
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let mut options = Options {
            api_key: API_KEY.to_owned(),
            start_time: Some(start),
            frozen_clock: true,
            rate_limit_per_minute: 10_000,
            signs_by_moved_clock: true,
            ..Options::default()
        };
        persona(&mut options);
        let simulator = Simulator::start(options).await.unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        fs::write(folder.path().join("site/favicon.svg"), "<svg/>").unwrap();
        let mut config = config(&simulator, folder.path(), database.url());
        change(&mut config);
        let (clock, handle) = Clock::manual(start);
        let state = state(config, clock).await;
        Self {
            persona: simulator.control(),
            simulator,
            router: router(state.clone()),
            state,
            clock: handle,
            _database: database,
            folder,
        }
    }

    /// The same application, started again with other settings.
    pub(crate) async fn restart_with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.state.config.clone();
        change(&mut config);
        let state = state(config, self.state.clock.clone()).await;
        Self {
            router: router(state.clone()),
            state,
            ..self
        }
    }

    /// Another node: the same settings, the same clock, and a connection of its own to the same database.
    pub(crate) async fn node(&self) -> AppState {
        state(self.state.config.clone(), self.state.clock.clone()).await
    }

    /// A browser whose requests another node answers.
    pub(crate) fn browser_at_node(&self, node: &AppState) -> Browser {
        let site = &self.state.config.server.public_url;
        let address = "192.0.2.1:1234".parse().unwrap();
        Browser::new(router(node.clone()), site, address, self.clock.clone())
    }

    /// A browser that never was here.
    pub(crate) fn browser(&self) -> Browser {
        self.browser_at("192.0.2.1:1234")
    }

    /// A browser that never was here, for other routes than ours behind the same guards.
    pub(crate) fn browser_of(&self, others: Router<AppState>) -> Browser {
        let router = leftoff::http::guarded(others, self.state.clone());
        let site = &self.state.config.server.public_url;
        let address = "192.0.2.1:1234".parse().unwrap();
        Browser::new(router, site, address, self.clock.clone())
    }

    /// A browser that never was here, at an address.
    pub(crate) fn browser_at(&self, address: &str) -> Browser {
        let address: SocketAddr = address.parse().unwrap();
        let site = &self.state.config.server.public_url;
        Browser::new(self.router.clone(), site, address, self.clock.clone())
    }

    /// Serves on a port of loopback as long as the test runs; where.
    pub(crate) async fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = format!("http://{}", listener.local_addr().unwrap());
        let serving = leftoff::http::serve(listener, self.state.clone(), std::future::pending());
        tokio::spawn(serving);
        site
    }

    /// The browser of somebody on the staff with this role, signed in.
    pub(crate) async fn staff(&self, role: Role) -> Browser {
        let email = format!("{}@example.com", role.code());
        let new = NewStaff {
            email: email.clone(),
            name: format!("A {}", role.code()),
            role,
            password: Some(PASSWORD.into()),
        };
        match self.state.staff.add(&Actor::System, new).await {
            Ok(_) | Err(AccountError::Taken) => {}
            Err(error) => panic!("{error}"),
        }
        let mut browser = self.browser();
        let answer = browser.sign_in(&email, PASSWORD).await;
        assert_eq!(answer.redirect(), (303, "/ops"), "{}", answer.body);
        browser
    }

    /// Whoever [`App::staff`] signed in with this role.
    pub(crate) async fn person(&self, role: Role) -> StaffRow {
        let email = format!("{}@example.com", role.code());
        let person = self.state.store.staff_by_email(&email).await.unwrap();
        person.unwrap()
    }

    /// What was written into the audit, oldest first.
    pub(crate) async fn audit(&self) -> Vec<AuditRow> {
        self.state.store.audit_from(1, 1_000_000).await.unwrap()
    }

    /// The side of the application that hears webhooks.
    pub(crate) fn receiver(&self) -> Intake {
        Intake::new(self.state.clone())
    }

    /// The folder of the test.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The clock of the application alone.
    pub(crate) fn clock(&self) -> &ManualClock {
        &self.clock
    }

    /// A folder with a copy of the database, `test.db`.
    pub(crate) fn copy(&self, name: &str) -> PathBuf {
        let to = self.folder.path().join(name);
        fs::create_dir(&to).unwrap();
        for file in fs::read_dir(self.folder.path().join("db")).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
        to
    }

    /// The same application with a copy of its database, which goes its own way from now on.
    pub(crate) async fn twin(&self, name: &str) -> Intake {
        let folder = self.folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        let copy = Database::new(&folder).await;
        let mut config = self.state.config.clone();
        transfer(config.database.url.clone(), copy.url().to_owned())
            .await
            .unwrap();
        config.database.url = copy.url().to_owned();
        Intake::with_database(state(config, self.state.clock.clone()).await, copy)
    }

    /// Lets Persona send its webhooks here from now on.
    pub(crate) async fn hear_webhooks(&self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/persona", listener.local_addr().unwrap());
        let app = self
            .router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        let _ = self.persona.add_webhook(&WebhookTarget {
            url: url.parse().unwrap(),
            secret: WEBHOOK_SECRET.to_owned(),
        });
    }

    /// Waits until every webhook that is due was answered, and applies what it told.
    pub(crate) async fn hear(&self) {
        self.persona.webhooks_idle().await;
        self.receiver().settle().await;
    }

    /// Everything that happened at Persona as webhooks tell it, oldest first.
    pub(crate) async fn told(&self) -> Vec<Value> {
        let mut events = Vec::new();
        let key = self.state.config.persona.api_key.expose_secret();
        let mut page = Some("/api/v1/events?page%5Bsize%5D=100".to_owned());
        while let Some(path) = page {
            let url = self.simulator.api_url().join(&path).unwrap();
            let answer = client().get(url).bearer_auth(key).send();
            let answer: Value = answer.await.unwrap().json().await.unwrap();
            events.extend(answer["data"].as_array().unwrap().iter().cloned());
            page = answer["links"]["next"].as_str().map(str::to_owned);
        }
        events.reverse();
        events
            .into_iter()
            .map(|event| json!({ "data": event }))
            .collect()
    }

    /// Moves the time, here and at Persona.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.persona.advance(by);
    }

    /// An inquiry at Persona in this status.
    pub(crate) fn inquiry(&self, status: Status) -> String {
        let fields = [("birthdate".to_owned(), BIRTHDATE.into())];
        self.persona.create_inquiry(&Seed {
            status,
            fields: fields.into_iter().collect(),
            ..Seed::default()
        })
    }

    /// The token of a new link to an inquiry.
    pub(crate) async fn link(&self, inquiry: &str) -> String {
        self.link_with(inquiry, |_| {}).await
    }

    /// The token of a new link with something special.
    pub(crate) async fn link_with(
        &self,
        inquiry: &str,
        change: impl FnOnce(&mut NewLink),
    ) -> String {
        let id = InquiryId::parse(inquiry).unwrap();
        self.state.inquiries.refresh(&id).await.unwrap();
        self.persona.clear_requests();
        let mut new = NewLink {
            inquiry_id: inquiry.to_owned(),
            maker: "a test".to_owned(),
            reason: "a-test".to_owned(),
            note: None,
            channel: Channel::Copy,
            factor: Factor::None,
            return_url: None,
            locale: None,
            life: None,
        };
        change(&mut new);
        let made = self.state.links.create(new).await.unwrap();
        made.token.expose().to_owned()
    }

    /// The token of a link that lives on, whatever the clock of another process shows.
    pub(crate) async fn lasting_link(&self, inquiry: &str) -> String {
        let life = Some(Duration::from_hours(20 * 365 * 24));
        self.link_with(inquiry, |new| new.life = life).await
    }

    /// The newest link to an inquiry, as it is kept.
    pub(crate) async fn newest_link(&self, inquiry: &str) -> LinkRow {
        let mut links = self.state.links.list(Some(inquiry)).await.unwrap();
        links.remove(0)
    }

    /// A link to a new inquiry in this status; its token, then the inquiry.
    pub(crate) async fn link_to(&self, status: Status) -> (String, String) {
        let inquiry = self.inquiry(status);
        (self.link(&inquiry).await, inquiry)
    }

    /// A link that asks for the date of birth; its token, then the inquiry.
    pub(crate) async fn guarded_link(&self) -> (String, String) {
        let inquiry = self.inquiry(Status::Pending);
        let ask = |new: &mut NewLink| new.factor = Factor::Birthdate;
        (self.link_with(&inquiry, ask).await, inquiry)
    }

    /// What happened to an inquiry, by name, oldest first.
    pub(crate) async fn ledger(&self, inquiry: &str) -> Vec<String> {
        let rows = self.state.store.ledger(inquiry).await.unwrap();
        rows.into_iter().map(|row| row.event).collect()
    }

    /// What the server verified.
    pub(crate) async fn receipt(&self, inquiry: &str) -> Option<ReceiptRow> {
        self.state.store.receipt(inquiry).await.unwrap()
    }

    /// Every row that speaks of an inquiry, to compare before and after.
    pub(crate) async fn rows(&self, inquiry: &str) -> String {
        let store = &self.state.store;
        let links = store.links(Some(inquiry), 1000).await.unwrap();
        let known = store.inquiry(inquiry).await.unwrap();
        let ledger = store.ledger(inquiry).await.unwrap();
        let receipt = self.receipt(inquiry).await;
        format!("{links:#?}\n{known:#?}\n{ledger:#?}\n{receipt:#?}")
    }

    /// What Persona was asked for since the link was made, as `POST resume`.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.persona.requests();
        let brief = requests
            .iter()
            .map(|seen| format!("{} {}", seen.method, short(&seen.path)));
        brief.collect()
    }

    /// How many rows each table of the database has.
    pub(crate) async fn counts(&self) -> Vec<Moved> {
        let copies = TempDir::new().unwrap();
        let file = format!("sqlite://{}", copies.path().join("copy.db").display());
        let from = self.state.config.database.url.clone();
        transfer(from, file).await.unwrap()
    }

    /// Everything that is in the database, as text: of a file every byte, with what was deleted.
    pub(crate) async fn database(&self) -> String {
        let copies = self.folder.path().join("copies");
        let files = if Database::is_on_server() {
            let file = format!("sqlite://{}", copies.join("copy.db").display());
            let from = self.state.config.database.url.clone();
            transfer(from, file).await.unwrap();
            &copies
        } else {
            &self.folder.path().join("db")
        };
        let bytes: Vec<u8> = fs::read_dir(files)
            .unwrap()
            .flat_map(|file| fs::read(file.unwrap().path()).unwrap())
            .collect();
        fs::remove_dir_all(copies).ok();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The last part of a path; an inquiry's own path is `inquiry`.
fn short(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    if last.starts_with("inq_") {
        "inquiry"
    } else {
        last
    }
}

async fn state(config: Config, clock: Clock) -> AppState {
    let store = Store::open(&config.database.url).await.unwrap();
    let client = persona::Client::builder(config.persona.api_key.clone())
        .api_url(config.persona.api_url.clone())
        .timeout(config.persona.timeout())
        .max_retries(0)
        .build()
        .unwrap();
    let brand = Brand::load(&config.portal).unwrap();
    AppState::new(config, Assets::default(), brand, clock, store, client).unwrap()
}

fn config(simulator: &Simulator, folder: &Path, database: &str) -> Config {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Leptos.toml");
    let defaults = [
        ("persona.api_key", API_KEY.to_owned()),
        ("server.secret", SERVER_SECRET.to_owned()),
        ("persona.api_url", simulator.api_url().to_string()),
        ("persona.flow_host", simulator.flow_host()),
        ("database.url", database.to_owned()),
    ];
    let mut config = Config::load_with(&file, &defaults).unwrap();
    config.persona.link_hosts = vec![simulator.flow_host()];
    config.persona.timeout_seconds = 2;
    config.persona.webhook_secrets = vec![WEBHOOK_SECRET.into()];
    config.leptos.hash_files = false;
    config.leptos.site_root = Arc::from(folder.join("site").to_str().unwrap());
    config.ops.second_factor = SecondFactor::Optional;
    config.limits.pages = 10_000;
    config.limits.acts = 10_000;
    config.recover.an_hour = 10_000;
    config
}
