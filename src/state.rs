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
    inquiries::Inquiries,
    limits::Limits,
    links::Links,
    mail::Mailer,
    mirror::Mirror,
    news::News,
    oidc::TransportError,
    staff::Staff,
    store::Store,
    sweep::{Sweeps, Watch},
    webhooks::Webhooks,
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
    /// Resumes and verifies.
    pub inquiries: Inquiries,
    /// Reads what Persona lists.
    pub mirror: Mirror,
    /// What pages of ops are told as it happens.
    pub news: News,
    /// Cancelled when the process is about to end: streams end then.
    pub stopping: CancellationToken,
    /// Acts on many inquiries at once.
    pub bulks: Bulks,
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
    /// When no HTTP client can be made for the OpenID provider.
    pub fn new(
        config: Config,
        assets: Assets,
        brand: Brand,
        clock: Clock,
        store: Store,
        persona: persona::Client,
    ) -> Result<Self, TransportError> {
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
        Ok(Self(Arc::new(Parts {
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
            links: Links::new(store.clone(), clock.clone(), config.links.clone()),
            news: News::default(),
            stopping: CancellationToken::new(),
            staff: Staff::new(store.clone(), clock.clone(), &config)?,
            mail: Mailer::new(&config.mail),
            limits: Limits::new(&config.limits),
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
