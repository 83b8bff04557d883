//! Whether the gateway of short messages takes what we sign, without anything to send.

use reqwest::StatusCode;

use super::{Doctor, Finding, finding::Topic, web::Unseen};
use crate::{id::new_id, notify::Gateway};

pub(super) const SMS: Topic = Topic {
    check: "sms",
    name: "Gateway of short messages",
    why: "Whoever has no address gets links by short message; what the gateway does not take, nobody gets.",
};

impl Doctor {
    pub(super) async fn look_at_gateway(&self) -> Vec<Finding> {
        let settings = self.settings.sms.clone().unwrap_or_default();
        let gateway = match Gateway::new(&settings) {
            Ok(Some(gateway)) => gateway,
            Ok(None) if settings.url.is_some() => {
                return vec![SMS.unseen("sms.url or sms.secret cannot be used")];
            }
            Ok(None) => {
                let todo = "Set LEFTOFF_SMS__URL and LEFTOFF_SMS__SECRET when links are to go by short message.";
                return vec![SMS.note("is not set up: no short message is sent", todo)];
            }
            Err(_) => return vec![SMS.unseen("no HTTP client can be made")],
        };
        let now = self.clock.now();
        let Ok(id) = new_id(now) else {
            return vec![SMS.unseen("there is no randomness")];
        };
        vec![match gateway.try_out(&id, now).await {
            Ok(Some(status)) => judge(status),
            Ok(None) => SMS.unseen("sms.secret cannot sign"),
            Err(error) => SMS.failed(
                Unseen::from(error).text(),
                "See that LEFTOFF_SMS__URL is right, that the gateway runs, and that no firewall is in between.",
            ),
        }]
    }
}

/// What the gateway's answer to a test says. One that does not know tests may refuse them and still take messages.
fn judge(status: StatusCode) -> Finding {
    let code = status.as_u16();
    match code {
        200..=299 => SMS.ok("takes what we sign"),
        401 | 403 => SMS.failed(
            format!("refuses the signature, or the URL's password, with {code}"),
            "Set LEFTOFF_SMS__SECRET to the secret that the gateway verifies with, and see that its clock is right.",
        ),
        404 | 405 | 410 | 300..=399 => SMS.failed(
            format!("is not at this address: the answer is {code}"),
            "Correct LEFTOFF_SMS__URL; redirects are not followed.",
        ),
        500..=599 => SMS.failed(
            format!("fails with {code}"),
            "See the gateway's own log; messages wait and are tried again meanwhile.",
        ),
        _ => SMS.note(
            format!("is there, and answers a test with {code}"),
            "Let it answer a signed webhook of the kind \"test\" with 204, so that it is seen whether the secret fits.",
        ),
    }
}
