//! Whether the staff's provider answers.

use super::{Doctor, Finding, finding::Topic};
use crate::{
    config,
    oidc::{Oidc, OidcError},
    paths,
};

pub(super) const OIDC: Topic = Topic {
    check: "oidc",
    name: "OpenID provider",
    why: "Staff who sign in there cannot get in while it does not answer.",
};

impl Doctor {
    pub(super) async fn look_at_oidc(&self) -> Vec<Finding> {
        let Some(settings) = &self.settings.oidc else {
            return vec![OIDC.ok("is not used: staff signs in by password")];
        };
        let Some(server) = &self.settings.server else {
            return vec![OIDC.unseen("the section [server] cannot be read")];
        };
        let Ok(redirect) = server.public_url.join(paths::SIGN_IN_RETURN) else {
            return vec![OIDC.unseen("server.public_url cannot be used")];
        };
        let begun = match Oidc::new(settings, redirect.clone(), self.clock.clone()) {
            Ok(oidc) => oidc.begin().await.map(drop),
            Err(error) => Err(OidcError::Unreachable(error)),
        };
        vec![match begun {
            Ok(()) => OIDC.ok(format!(
                "{} answers; register {redirect} there",
                settings.issuer.as_str()
            )),
            Err(error) => failed(settings, &error),
        }]
    }
}

fn failed(settings: &config::Oidc, error: &OidcError) -> Finding {
    let issuer = settings.issuer.as_str();
    let todo = match error {
        OidcError::Unreachable(_) => {
            "See that the provider runs and that this machine may reach it."
        }
        _ => {
            "Write oidc.issuer exactly as the provider does, with or without the slash at the end."
        }
    };
    OIDC.failed(format!("{issuer} cannot be used: {error}"), todo)
}
