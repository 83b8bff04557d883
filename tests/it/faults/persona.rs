//! The faults of Persona and of the way there: the columns of the matrix.

use std::collections::BTreeMap;

use leftoff::config::Config;
use simulator::FaultKind;
use url::Url;

use super::{Call, tls::TlsPort};
use crate::support::App;

/// Something that goes wrong.
pub(super) struct Fault {
    pub(super) name: &'static str,
    kind: Kind,
}

enum Kind {
    /// At Persona.
    Persona(fn() -> FaultKind, Trouble),
    /// Its certificate is of nobody whom we trust.
    Certificate,
    /// Its port speaks no TLS.
    NoTls,
    /// Its name leads nowhere.
    Name,
    /// Nobody listens.
    Nobody,
}

/// What it comes to for whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// None: the answer can be used.
    None,
    /// No answer.
    Silence,
    /// Persona failed.
    Server,
    /// An answer that is none.
    Nonsense,
    /// The key is not accepted.
    Key,
    /// The key may not do this.
    Forbidden,
    /// 404.
    Missing,
    /// 409.
    Conflict,
    /// 422.
    Invalid,
    /// 429, with the seconds to wait when they are told.
    Limited(Option<u64>),
    /// A resume without a session token.
    NoToken,
    /// A status that we do not know.
    OddStatus,
}

const fn at_persona(name: &'static str, kind: fn() -> FaultKind, trouble: Trouble) -> Fault {
    Fault {
        name,
        kind: Kind::Persona(kind, trouble),
    }
}

fn status(code: u16, html: bool) -> FaultKind {
    FaultKind::Status {
        code,
        headers: BTreeMap::new(),
        html,
    }
}

/// Every fault.
pub(super) const FAULTS: &[Fault] = &[
    at_persona("slow", || FaultKind::Delay { ms: 150 }, Trouble::None),
    at_persona("hang", || FaultKind::Hang, Trouble::Silence),
    at_persona("401", || status(401, false), Trouble::Key),
    at_persona("403", || status(403, false), Trouble::Forbidden),
    at_persona("404", || status(404, false), Trouble::Missing),
    at_persona("409", || status(409, false), Trouble::Conflict),
    at_persona("422", || status(422, false), Trouble::Invalid),
    at_persona(
        "429 with headers",
        || FaultKind::RateLimited { reset_seconds: 7 },
        Trouble::Limited(Some(7)),
    ),
    at_persona(
        "429 without headers",
        || status(429, false),
        Trouble::Limited(None),
    ),
    at_persona("500", || status(500, false), Trouble::Server),
    at_persona("502 as HTML", || status(502, true), Trouble::Server),
    at_persona("503", || status(503, false), Trouble::Server),
    at_persona("broken JSON", || FaultKind::BrokenJson, Trouble::Nonsense),
    at_persona(
        "truncated body",
        || FaultKind::TruncatedBody,
        Trouble::Nonsense,
    ),
    at_persona(
        "wrong content type",
        || FaultKind::WrongContentType,
        Trouble::Nonsense,
    ),
    at_persona("huge body", || FaultKind::HugeBody, Trouble::Nonsense),
    at_persona(
        "dropped connection",
        || FaultKind::DropConnection,
        Trouble::Silence,
    ),
    at_persona(
        "missing token",
        || FaultKind::MissingToken,
        Trouble::NoToken,
    ),
    at_persona(
        "unknown status",
        || FaultKind::UnknownStatus,
        Trouble::OddStatus,
    ),
    at_persona("unknown fields", || FaultKind::UnknownFields, Trouble::None),
    Fault {
        name: "certificate of nobody",
        kind: Kind::Certificate,
    },
    Fault {
        name: "no TLS",
        kind: Kind::NoTls,
    },
    Fault {
        name: "name that does not resolve",
        kind: Kind::Name,
    },
    Fault {
        name: "nobody listens",
        kind: Kind::Nobody,
    },
];

impl Fault {
    /// What it comes to for this request.
    pub(super) fn trouble(&self, (_, path): Call) -> Trouble {
        match self.kind {
            Kind::Persona(_, Trouble::NoToken) if path != "/resume" => Trouble::None,
            Kind::Persona(_, trouble) => trouble,
            _ => Trouble::Silence,
        }
    }

    /// Lets it happen to a request from now on.
    pub(super) async fn begin(&self, app: App, (method, path): Call) -> App {
        let to = match &self.kind {
            Kind::Persona(kind, _) => {
                let fault = simulator::Fault::new(kind()).method(method).path(path);
                app.persona.inject(fault);
                if kind() != FaultKind::Hang {
                    return app;
                }
                let impatient = |config: &mut Config| config.persona.timeout_seconds = 1;
                return app.restart_with(impatient).await;
            }
            Kind::Certificate => TlsPort::of_nobody().url(),
            Kind::NoTls => {
                let mut url = app.simulator.api_url();
                url.set_scheme("https").unwrap();
                url
            }
            // No name has so long a part, so no server of names has to be asked.
            Kind::Name => {
                let name = format!("https://{}.invalid/api/v1", "persona".repeat(10));
                name.parse().unwrap()
            }
            Kind::Nobody => "http://127.0.0.1:1/api/v1".parse().unwrap(),
        };
        at(app, to).await
    }

    /// Lets it be over.
    pub(super) async fn end(&self, app: App) -> App {
        app.persona.clear_faults();
        // The client knows for some real seconds that it is limited; another one does not.
        let is_as_before = match &self.kind {
            Kind::Persona(_, Trouble::Limited(_)) => false,
            Kind::Persona(kind, _) => kind() != FaultKind::Hang,
            _ => false,
        };
        if is_as_before {
            return app;
        }
        let url = app.simulator.api_url();
        app.restart_with(|config| {
            config.persona.timeout_seconds = 20;
            config.persona.api_url = url;
        })
        .await
    }

    /// Whether Persona is not reached at all, by whatever request.
    pub(super) const fn is_on_the_way(&self) -> bool {
        !matches!(self.kind, Kind::Persona(..))
    }

    /// Whether Persona did what it was asked for, and only the answer is lost.
    pub(super) fn is_done(&self) -> bool {
        let Kind::Persona(kind, _) = self.kind else {
            return false;
        };
        matches!(
            kind(),
            FaultKind::BrokenJson
                | FaultKind::TruncatedBody
                | FaultKind::WrongContentType
                | FaultKind::HugeBody
                | FaultKind::DropConnection
                | FaultKind::MissingToken
        )
    }
}

/// The application with another Persona.
async fn at(app: App, url: Url) -> App {
    app.restart_with(|config| config.persona.api_url = url)
        .await
}
