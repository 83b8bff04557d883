//! Whether the settings can be used, and what they look like from outside.

use super::{Doctor, Finding, finding::Topic};
use crate::{assets::Assets, config::ClientIp};

const SETTINGS: Topic = Topic {
    check: "settings",
    name: "Settings",
    why: "Leftoff does not start with settings that it cannot use.",
};
const CLIENT: Topic = Topic {
    check: "client-address",
    name: "Client addresses",
    why: "Limits count by address: behind a proxy everybody would share the proxy's, and a few could shut all out.",
};
const SITE_FILES: Topic = Topic {
    check: "site-files",
    name: "Built site",
    why: "The server checks style sheet and SDK at the start, and does not start without them.",
};

impl Doctor {
    pub(super) fn look_at_settings(&self) -> Vec<Finding> {
        let todo = "Correct it in Leptos.toml, or in the variable LEFTOFF_SECTION__KEY.";
        let problems = self.settings.problems.iter();
        let mut findings: Vec<_> = problems
            .map(|problem| SETTINGS.failed(problem.clone(), todo))
            .collect();
        if findings.is_empty() {
            findings.push(SETTINGS.ok("can be used"));
        }
        findings.extend(self.look_at_client());
        findings.extend(self.look_at_site_files());
        findings
    }

    fn look_at_client(&self) -> Option<Finding> {
        let server = self.settings.server.as_ref()?;
        let is_direct = matches!(server.client_ip, ClientIp::ConnectInfo);
        Some(if is_direct && server.public_url.scheme() == "https" {
            CLIENT.warning(
                "are those of the connection, although https means that a proxy stands in front",
                "Set server.client_ip to the header that your proxy sets, such as RightmostXForwardedFor.",
            )
        } else {
            CLIENT.ok(format!("are read from {:?}", server.client_ip))
        })
    }

    fn look_at_site_files(&self) -> Option<Finding> {
        let options = self.settings.leptos.as_ref()?;
        Some(match Assets::load(options) {
            Ok(_) => SITE_FILES.ok(format!("is complete in {}", options.site_root)),
            Err(error) => SITE_FILES.failed(
                error.to_string(),
                "Build the site with `cargo xtask build`, and start the command in the folder that site-root is in.",
            ),
        })
    }
}
