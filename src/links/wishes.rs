//! What may be wished of a link: rules for whoever asks for one, at the command line or through the API.

use url::Url;

use crate::words::Words;

/// Whether the portal speaks this language.
#[must_use]
pub fn is_spoken(tag: &str) -> bool {
    Words::of(tag).is_some()
}

/// Whether a person may be led there at the end: by https, to a host that the settings name.
#[must_use]
pub fn may_return_to(url: &Url, hosts: &[String]) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https" && hosts.iter().any(|allowed| allowed == host)
}
