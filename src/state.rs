//! What every handler may reach.

use std::{ops::Deref, sync::Arc};

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;

/// The version of Persona's API that we speak.
pub use persona::PERSONA_VERSION;

use crate::{
    assets::Assets,
    brand::Brand,
    budget::Budget,
    bulk::Bulks,
    clock::Clock,
    config::Config,
    deliver::{ClientError, Deliveries},
    inquiries::Inquiries,
    keys::{Keys, Quota},
    limits::Limits,
    links::{Links, token::Tokens},
    mail::Mailer,
    mirror::Mirror,
    news::News,
    notify::Notifier,
    oidc::TransportError,
    policy::Policies,
    recover::{self, Recovery},
    replay::Replays,
    seal::Seal,
    staff::Staff,
    store::Store,
    sweep::{Sweeps, Watch},
    webhooks::Webhooks,
    worker::{Crew, Work as _},
};

/// The running application. It is cloned for every layer of every request, so it is one pointer.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Parts>);

/// What the application is made of.
#[derive(Debug)]
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// The built site.
    pub assets: Assets,
    /// The company's face.
    pub brand: Brand,
    /// The time.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    /// Makes and revokes links.
    pub links: Links,
    /// The tokens of links that messages bring.
    pub tokens: Tokens,
    /// Sends messages.
    pub notifier: Notifier,
    /// What Leftoff does by itself.
    pub policies: Policies,
    /// Resumes and verifies.
    pub inquiries: Inquiries,
    /// Reads what Persona lists.
    pub mirror: Mirror,
    /// What pages of ops are told as it happens.
    pub news: News,
    /// Cancelled when the process is about to end: streams end then.
    pub stopping: CancellationToken,
    /// Who works in the background.
    pub crew: Crew,
    /// Acts on many inquiries at once.
    pub bulks: Bulks,
    /// Webhooks to the company's own systems.
    pub deliveries: Deliveries,
    /// New links for people who lost theirs.
    pub recovery: Recovery,
    /// Takes Persona's webhooks and applies them.
    pub webhooks: Webhooks,
    /// Looks for what no webhook told of.
    pub sweeps: Sweeps,
    /// Notices when webhooks fall silent.
    pub watch: Watch,
    /// The company's people.
    pub staff: Staff,
    /// Sends mail, if the settings say how.
    pub mail: Option<Mailer>,
    /// Counts requests by address.
    pub limits: Limits,
    /// The keys of the company's own software.
    pub keys: Keys,
    /// Counts their requests.
    pub quota: Quota,
    /// Answers that they are given again.
    pub replays: Replays,
}

/// Why the parts cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The client of the OpenID provider cannot be made.
    #[error("the client of the OpenID provider cannot be made")]
    Oidc(#[from] TransportError),
    /// The client of webhooks cannot be made.
    #[error(transparent)]
    Deliveries(#[from] ClientError),
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl AppState {
    /// Puts the parts together.
    ///
    /// # Errors
    /// When no HTTP client can be made for the OpenID provider, for webhooks or for the gateway of short messages.
    pub fn new(
        config: Config,
        assets: Assets,
        brand: Brand,
        clock: Clock,
        store: Store,
        persona: persona::Client,
    ) -> Result<Self, StateError> {
        let budget = Budget::new(persona.clone());
        let mirror = Mirror::new(store.clone(), persona.clone(), clock.clone());
        let webhooks = Webhooks::new(
            store.clone(),
            persona.clone(),
            clock.clone(),
            &config.persona,
        );
        let sweeps = Sweeps::new(
            store.clone(),
            persona.clone(),
            clock.clone(),
            webhooks.clone(),
            &config.sweep,
        );
        let watch = Watch::new(store.clone(), clock.clone(), &config);
        let inquiries = Inquiries::new(store.clone(), persona, clock.clone(), &config);
        let notifier = Notifier::new(
            store.clone(),
            inquiries.clone(),
            clock.clone(),
            budget.clone(),
            &config,
        );
        let notifier = notifier.map_err(TransportError::Failed)?;
        let links = Links::new(store.clone(), clock.clone(), config.links.clone());
        let tokens = Tokens::new(config.server.secret.clone());
        let recovery = recover::Parts {
            store: store.clone(),
            inquiries: inquiries.clone(),
            links: links.clone(),
            notifier: notifier.clone(),
            tokens: tokens.clone(),
            clock: clock.clone(),
            budget: budget.clone(),
        };
        Ok(Self(Arc::new(Parts {
            policies: Policies::new(
                store.clone(),
                inquiries.clone(),
                links.clone(),
                tokens.clone(),
                clock.clone(),
                budget.clone(),
                notifier.bell().clone(),
            ),
            recovery: Recovery::new(recovery, &config),
            notifier,
            tokens,
            bulks: Bulks::new(
                store.clone(),
                inquiries.clone(),
                clock.clone(),
                budget,
                &config,
            ),
            inquiries,
            webhooks,
            sweeps,
            watch,
            mirror,
            links,
            news: News::default(),
            stopping: CancellationToken::new(),
            deliveries: Deliveries::new(store.clone(), clock.clone(), &config)?,
            crew: Crew::new(store.clone()),
            staff: Staff::new(store.clone(), clock.clone(), &config)?,
            mail: Mailer::new(&config.mail),
            limits: Limits::new(&config.limits, &config.recover),
            keys: Keys::new(store.clone(), clock.clone()),
            quota: Quota::new(store.clone(), clock.clone(), config.limits.api),
            replays: Replays::new(
                store.clone(),
                clock.clone(),
                Seal::new(config.server.secret.clone()),
            ),
            config,
            assets,
            brand,
            clock,
            store,
        })))
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.config.leptos.clone()
    }
}
