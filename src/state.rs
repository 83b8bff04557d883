//! What every handler may reach.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use crate::{
    assets::Assets, brand::Brand, clock::Clock, config::Config, inquiries::Inquiries,
    limits::Limits, links::Links, store::Store,
};

/// The running application; cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The settings.
    pub config: Arc<Config>,
    /// The built site.
    pub assets: Arc<Assets>,
    /// The company's face.
    pub brand: Arc<Brand>,
    /// The time.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    /// Makes and revokes links.
    pub links: Links,
    /// Resumes and verifies.
    pub inquiries: Inquiries,
    /// Counts requests by address.
    pub limits: Arc<Limits>,
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        config: Config,
        assets: Assets,
        brand: Brand,
        clock: Clock,
        store: Store,
        persona: persona::Client,
    ) -> Self {
        Self {
            links: Links::new(store.clone(), clock.clone(), config.links.clone()),
            inquiries: Inquiries::new(store.clone(), persona, clock.clone(), &config),
            limits: Arc::new(Limits::new(&config.limits)),
            config: Arc::new(config),
            assets: Arc::new(assets),
            brand: Arc::new(brand),
            clock,
            store,
        }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.config.leptos.clone()
    }
}
