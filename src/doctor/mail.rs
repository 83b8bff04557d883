//! Whether mail would leave.

use secrecy::ExposeSecret as _;

use super::{Doctor, Finding, finding::Topic};
use crate::mail::{Mailer, Trial};

pub(super) const MAIL: Topic = Topic {
    check: "mail",
    name: "Mail",
    why: "Links reach people by mail; what the server does not take, nobody gets.",
};

impl Doctor {
    pub(super) async fn look_at_mail(&self) -> Vec<Finding> {
        let settings = self.settings.mail.clone().unwrap_or_default();
        let Some(mailer) = Mailer::new(&settings) else {
            return vec![MAIL.note(
                "is not set up: nothing is mailed, and staff hands links out in other ways",
                "Set LEFTOFF_MAIL__SMTP_URL and mail.from when links are to be mailed.",
            )];
        };
        let url = settings.smtp_url.as_ref();
        let url = url.map_or("", |url| url.expose_secret());
        let is_plain = url.starts_with("smtp://") && !url.contains("tls=required");
        vec![match mailer.try_out().await {
            Ok(()) if is_plain => MAIL.note(
                "the server takes mail, without TLS",
                "Keep it so only for a server on this very machine.",
            ),
            Ok(()) => MAIL.ok(format!("the server takes mail from {}", mailer.from())),
            Err(trial) => MAIL.failed(trial.to_string(), todo(&trial)),
        }]
    }
}

const fn todo(trial: &Trial) -> &'static str {
    match trial {
        Trial::Unusable => {
            "Write LEFTOFF_MAIL__SMTP_URL as smtps://user:password@host, or smtp://user:password@host:587?tls=required."
        }
        Trial::NoConnection | Trial::Silent => {
            "See that host and port of LEFTOFF_MAIL__SMTP_URL are right, that the server runs, and that no firewall is in between."
        }
        Trial::Tls => {
            "See that the server's certificate is valid for the host in LEFTOFF_MAIL__SMTP_URL: smtps:// speaks TLS at once (port 465), smtp:// with tls=required after STARTTLS (port 587)."
        }
        Trial::NotOffered => {
            "Use smtps:// or another port if the server speaks TLS there; leave user and password out if it asks for none."
        }
        Trial::SignIn(_) => {
            "Correct user and password in LEFTOFF_MAIL__SMTP_URL; characters such as @ and / must be percent-encoded."
        }
        Trial::Refused(_) => {
            "Ask whoever runs the mail server; it may not take mail from this machine."
        }
    }
}
