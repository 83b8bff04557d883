//! Leftoff gets people back into an identity check that they left unfinished.
//!
//! # Layout
//!
//! Both sides, server and browser:
//! - [`model`]: plain data that both sides share; no I/O, no clock.
//! - [`paths`]: every URL that we serve or link to.
//! - [`flow`]: the one island of the portal: it mounts Persona's flow.
//!
//! The server only, from the outside in; imports run downwards:
//! - [`cli`]: the commands.
//! - [`http`]: the router, and what stands around the pages: origin, limits, headers, files.
//! - [`api`]: the API of the company's own software. [`keys`] and [`replay`]: who may use it, and how often a request is carried
//!   out.
//! - [`portal`]: the pages with their server functions. [`app`] and [`ui`]: the shell and small shared views.
//! - [`ops`]: the staff's pages. [`staff`]: who they are and what they may do.
//!   [`oidc`]: sign-in at a provider of the company.
//! - [`visit`] and [`device`]: what a request brings along. [`state`]: what every handler may reach.
//! - [`mail`]: what is written to people, and the server that takes it.
//! - [`audit`] and [`evidence`]: who did what, proved.
//! - [`bulk`]: acts on many inquiries at once. [`policy`]: what Leftoff does by itself.
//! - [`notify`]: messages to people, queued and sent in the background. [`deliver`]: webhooks to the company's own systems.
//! - [`recover`]: new links for people who lost theirs.
//! - [`webhooks`]: what Persona tells, kept and applied. [`sweep`]: what it told nobody.
//! - [`inquiries`] and [`links`]: what Leftoff does. [`live`]: session tokens of visits under way.
//! - [`mirror`]: what Persona lists, read into our own tables.
//! - [`doctor`]: what is wrong with the settings and with what they lead to.
//! - [`worker`]: work in the background. [`budget`]: how much of Persona it may use.
//! - [`store`]: the only place with SQL.
//! - [`assets`], [`brand`], [`clock`], [`colour`], [`config`], [`failure`], [`id`], [`limits`], [`meter`], [`news`], [`password`],
//!   [`quiet`], [`seal`], [`secret`], [`telemetry`], [`totp`], [`words`]:
//!   what the rest stands on.

pub mod flow;
pub mod model;
pub mod paths;

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod brand;
#[cfg(feature = "ssr")]
pub mod budget;
#[cfg(feature = "ssr")]
pub mod bulk;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod colour;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod deliver;
#[cfg(feature = "ssr")]
pub mod device;
#[cfg(feature = "ssr")]
pub mod doctor;
#[cfg(feature = "ssr")]
pub mod evidence;
#[cfg(feature = "ssr")]
pub mod failure;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod id;
#[cfg(feature = "ssr")]
pub mod inquiries;
#[cfg(feature = "ssr")]
pub mod keys;
#[cfg(feature = "ssr")]
pub mod limits;
#[cfg(feature = "ssr")]
pub mod links;
#[cfg(feature = "ssr")]
pub mod live;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod meter;
#[cfg(feature = "ssr")]
pub mod mirror;
#[cfg(feature = "ssr")]
pub mod news;
#[cfg(feature = "ssr")]
pub mod notify;
#[cfg(feature = "ssr")]
pub mod oidc;
#[cfg(feature = "ssr")]
pub mod ops;
#[cfg(feature = "ssr")]
pub mod password;
#[cfg(feature = "ssr")]
pub mod policy;
#[cfg(feature = "ssr")]
pub mod portal;
#[cfg(feature = "ssr")]
pub mod quiet;
#[cfg(feature = "ssr")]
pub mod recover;
#[cfg(feature = "ssr")]
pub mod replay;
#[cfg(feature = "ssr")]
pub mod seal;
#[cfg(feature = "ssr")]
pub mod secret;
#[cfg(feature = "ssr")]
pub mod staff;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod sweep;
#[cfg(feature = "ssr")]
pub mod telemetry;
#[cfg(feature = "ssr")]
pub mod totp;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod visit;
#[cfg(feature = "ssr")]
pub mod webhooks;
#[cfg(feature = "ssr")]
pub mod words;
#[cfg(feature = "ssr")]
pub mod worker;

/// Brings the islands of a page to life; the page's own script calls it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
