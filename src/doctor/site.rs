//! Whether people reach us, what of our headers reaches them, and whether the flow's host is there.

use reqwest::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use tokio::net::TcpStream;
use url::Url;

use super::{
    Doctor, Finding,
    finding::Topic,
    web::{Seen, Unseen},
};
use crate::{config::Server, paths};

pub(super) const FLOW: Topic = Topic {
    check: "flow-host",
    name: "Host of the flow",
    why: "People's browsers load Persona's flow from there.",
};
pub(super) const PUBLIC_URL: Topic = Topic {
    check: "public-url",
    name: "Public address",
    why: "Every link begins with it: whoever cannot reach it cannot go on.",
};
const HEADERS: Topic = Topic {
    check: "headers",
    name: "Security headers",
    why: "They let the flow use the camera and keep strange scripts out; a proxy that changes them breaks one or the other.",
};

impl Doctor {
    pub(super) async fn look_at_flow(&self) -> Vec<Finding> {
        let Some(persona) = &self.settings.persona else {
            return vec![FLOW.unseen("the section [persona] cannot be read")];
        };
        let origin = persona.flow_origin();
        let Ok(url) = Url::parse(&origin) else {
            return vec![FLOW.failed(
                format!("{origin} is no address"),
                "Set persona.flow_host to a host alone, such as inquiry.withpersona.com.",
            )];
        };
        vec![match self.web.get(url).await {
            // Whatever it says to a request for nothing, it is there.
            Ok(_) => FLOW.ok(format!("{origin} answers")),
            Err(unseen) => FLOW.warning(
                format!("{origin} does not answer here: {}", unseen.text()),
                "Compare persona.flow_host with your subdomain at Persona. If only this machine may not reach it, people may.",
            ),
        }]
    }

    pub(super) async fn look_at_site(&self) -> Vec<Finding> {
        let Some(server) = &self.settings.server else {
            return vec![PUBLIC_URL.unseen("the section [server] cannot be read")];
        };
        let mut findings = self.look_at_address(server).await;
        findings.push(match self.page(server, "/").await {
            Ok(page) => headers(&page.headers, self.flow_origin().as_deref(), server),
            Err(_) => HEADERS.unseen("the public address does not answer"),
        });
        findings
    }

    async fn look_at_address(&self, server: &Server) -> Vec<Finding> {
        let url = &server.public_url;
        vec![match self.page(server, paths::LIVEZ).await {
            Ok(page) if page.status == 200 && page.body == "ok" => match url.scheme() {
                "https" => PUBLIC_URL.ok(format!("{url} answers, with a valid certificate")),
                _ => PUBLIC_URL.note(
                    format!("{url} answers, without TLS"),
                    "Good for trying only: set server.public_url to an https address for real people.",
                ),
            },
            Ok(page) => PUBLIC_URL.failed(
                format!("somebody else answers at {url}, with status {}", page.status),
                "Have the proxy hand all paths of this host to server.addr, unchanged.",
            ),
            Err(_) if !is_listening(server).await => PUBLIC_URL.warning(
                format!("the server does not run: nobody listens at {}", server.addr),
                "Start it with `leftoff serve`, and run doctor again.",
            ),
            Err(unseen) => PUBLIC_URL.failed(
                format!("{url} cannot be reached, although the server runs: {}", unseen.text()),
                todo(&unseen),
            ),
        }]
    }

    async fn page(&self, server: &Server, path: &str) -> Result<Seen, Unseen> {
        let url = server.public_url.join(path);
        let url = url.map_err(|error| Unseen::Broken(error.to_string()))?;
        self.web.get(url).await
    }

    fn flow_origin(&self) -> Option<String> {
        Some(self.settings.persona.as_ref()?.flow_origin())
    }
}

const fn todo(unseen: &Unseen) -> &'static str {
    match unseen {
        Unseen::Tls(_) => {
            "Give the proxy a certificate that is valid for this host, with its whole chain."
        }
        _ => {
            "See that the name leads to your proxy, that the proxy hands requests to server.addr, and that no firewall is in between."
        }
    }
}

/// Whether anybody listens where the server would.
async fn is_listening(server: &Server) -> bool {
    TcpStream::connect(server.addr).await.is_ok()
}

fn headers(seen: &HeaderMap, flow: Option<&str>, server: &Server) -> Finding {
    let wrong = wrong(seen, flow, server.public_url.scheme() == "https");
    if wrong.is_empty() {
        HEADERS.ok("reach people as they are sent")
    } else {
        HEADERS.failed(
            format!("missing, changed or sent twice: {}", wrong.join(", ")),
            "Take rules for these headers out of the proxy: Leftoff sets them itself.",
        )
    }
}

/// The headers that are not as the router sends them.
fn wrong(seen: &HeaderMap, flow: Option<&str>, is_https: bool) -> Vec<&'static str> {
    let flow = flow.unwrap_or_default();
    let one = |name: &str| {
        let mut values = seen.get_all(name).iter();
        let first = values.next().and_then(|value| value.to_str().ok());
        first
            .filter(|_| values.next().is_none())
            .unwrap_or_default()
    };
    let policy = one(CONTENT_SECURITY_POLICY.as_str());
    let allowed = one("permissions-policy");
    let checks = [
        (
            "content-security-policy",
            policy.contains("default-src 'none'") && policy.contains(&format!("frame-src {flow}")),
        ),
        (
            "permissions-policy",
            allowed.contains(&format!("camera=(self \"{flow}\")")),
        ),
        (
            "x-content-type-options",
            one(X_CONTENT_TYPE_OPTIONS.as_str()) == "nosniff",
        ),
        (
            "referrer-policy",
            one(REFERRER_POLICY.as_str()) == "no-referrer",
        ),
        ("x-frame-options", one("x-frame-options") == "DENY"),
        (
            "strict-transport-security",
            !is_https || !one(STRICT_TRANSPORT_SECURITY.as_str()).is_empty(),
        ),
    ];
    let wrong = checks.into_iter().filter(|(_, is_right)| !is_right);
    wrong.map(|(name, _)| name).collect()
}
