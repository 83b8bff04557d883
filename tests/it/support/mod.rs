//! What tests speak through: an application, browsers that visit it, the program, and its source.

mod answer;
mod app;
mod browser;
mod program;
pub(crate) mod provider;
mod receiver;
mod signer;
mod smtp;
mod source;

pub(crate) use answer::Answer;
pub(crate) use app::{API_KEY, App, PASSWORD, WEBHOOK_SECRET};
pub(crate) use browser::Browser;
pub(crate) use program::Program;
pub(crate) use receiver::{Receiver, client, sign};
pub(crate) use signer::Signer;
pub(crate) use smtp::MailServer;
pub(crate) use source::{Source, Token};

/// A date of birth that Persona knows of every inquiry of [`App::inquiry`].
pub(crate) const BIRTHDATE: &str = "1990-01-31";

/// Somebody who takes a link back.
pub(crate) fn why() -> leftoff::links::Why {
    leftoff::links::Why {
        actor: "system".to_owned(),
        reason: "mistake".to_owned(),
        note: None,
    }
}
