//! What tests speak through: an application, browsers that visit it, the program, and its source.

mod answer;
mod app;
mod backend;
mod browser;
mod catalog;
mod database;
mod docs;
mod gateway;
mod intake;
mod program;
pub(crate) mod provider;
mod receiver;
mod served;
mod signer;
mod smtp;
mod source;
mod spoken;
mod visitor;

pub(crate) use answer::Answer;
pub(crate) use app::{API_KEY, App, PASSWORD, WEBHOOK_SECRET};
pub(crate) use backend::{Backend, DOCUMENT, validator};
pub(crate) use browser::Browser;
pub(crate) use catalog::Catalog;
pub(crate) use database::Database;
pub(crate) use docs::documented;
pub(crate) use gateway::{GATEWAY_SECRET, Gateway};
pub(crate) use intake::{Intake, client, sign};
pub(crate) use program::{Ended, Program};
pub(crate) use receiver::{Hook, Receiver, Reply};
pub(crate) use served::Served;
pub(crate) use signer::Signer;
pub(crate) use smtp::{MailServer, Trouble};
pub(crate) use source::{Source, Token};
pub(crate) use spoken::said;
pub(crate) use visitor::Visitor;

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
