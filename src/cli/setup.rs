//! From settings to a running application.

use anyhow::Context as _;

use crate::{
    assets::Assets, brand::Brand, clock::Clock, config::Config, meter, state::AppState,
    store::Store,
};

/// Opens the database.
pub(super) async fn store(config: &Config) -> anyhow::Result<Store> {
    Ok(Store::open(&config.database.url).await?)
}

/// Persona, as the settings say how to reach it.
pub(super) fn persona(config: &Config) -> anyhow::Result<persona::Client> {
    persona::Client::builder(config.persona.api_key.clone())
        .api_url(config.persona.api_url.clone())
        .timeout(config.persona.timeout())
        .user_agent(concat!("leftoff/", env!("CARGO_PKG_VERSION")))
        .observe(|attempt| meter::persona(attempt.operation, attempt.outcome, attempt.took))
        .build()
        .context("the client of Persona cannot be made")
}

/// Everything that a handler may reach, with the parts that the settings name.
pub(super) async fn state(config: Config) -> anyhow::Result<AppState> {
    let assets = Assets::load(&config.leptos)?;
    let brand = Brand::load(&config.portal).context("portal.logo cannot be read")?;
    let store = store(&config).await?;
    let persona = persona(&config)?;
    let state = AppState::new(config, assets, brand, Clock::system(), store, persona)?;
    Ok(state)
}
