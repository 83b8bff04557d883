//! Inquiries that Leftoff knows, each with a link.

use anyhow::Result;
use leftoff::{
    clock::Clock,
    config,
    links::{Links, NewLink, channel::Channel, factor::Factor},
    store::{
        Store,
        inquiries::{self, InquiryRow},
    },
};

/// Makes a link to each inquiry in a database that nobody has open, and gives the links' tokens.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed(database: &str, ids: &[String], status: &str) -> Result<Vec<String>> {
    let store = Store::open(database).await?;
    let settings = config::Links {
        days: 7,
        hand_off_minutes: 10,
        factor_attempts: 5,
    };
    let links = Links::new(store.clone(), Clock::system(), settings);
    let mut tokens = Vec::with_capacity(ids.len());
    for (number, id) in ids.iter().enumerate() {
        let known = row(id, status);
        store
            .change(move |change| inquiries::keep(change, &known))
            .await?;
        let made = links.create(link(id)).await?;
        tokens.push(made.token.expose().to_owned());
        if number > 0 && number % 5_000 == 0 {
            eprintln!("seeding {number} of {}", ids.len());
        }
    }
    store.close().await;
    Ok(tokens)
}

fn row(id: &str, status: &str) -> InquiryRow {
    InquiryRow {
        id: id.to_owned(),
        status: status.to_owned(),
        ..InquiryRow::default()
    }
}

fn link(inquiry: &str) -> NewLink {
    NewLink {
        inquiry_id: inquiry.to_owned(),
        maker: "bench".to_owned(),
        reason: "bench".to_owned(),
        note: None,
        channel: Channel::Cli,
        factor: Factor::None,
        return_url: None,
        locale: None,
        life: None,
    }
}
