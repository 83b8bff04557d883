//! How an application starts, starts again, and is copied.

use std::{fs, path::Path, sync::Arc};

use jiff::Timestamp;
use leftoff::{
    assets::Assets,
    brand::Brand,
    clock::Clock,
    config::{Config, SecondFactor},
    http::router,
    state::AppState,
    store::{Store, transfer::transfer},
};
use simulator::{Options, Simulator};
use tempfile::TempDir;

use super::{API_KEY, App, SERVER_SECRET, WEBHOOK_SECRET};
use crate::support::{Database, Intake};

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
