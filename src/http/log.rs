//! One log line for each request, without anything that could be a secret: the route, never the URL.
//!
//! The fields are a contract; `docs/operating.md` lists them.

use std::{net::IpAddr, time::Instant};

use axum::{
    extract::{FromRequestParts as _, MatchedPath, Request, State},
    http::Method,
    response::Response,
};
use axum_client_ip::ClientIp;
use tower_http::request_id::RequestId;
use tracing::{Instrument as _, field::Empty};

use super::Next;
use crate::{config::ClientAddress, meter, state::AppState};

/// What is said of a request.
struct Line {
    method: Method,
    route: String,
    id: Option<RequestId>,
    client: Option<String>,
}

/// Logs and counts each request, and puts a span around it.
pub(super) async fn requests(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let start = Instant::now();
    let (line, request) = read(request, state.config.log.client_address).await;
    let span = tracing::info_span!(
        "request",
        otel.name = format!("{} {}", line.method, line.route),
        otel.kind = "server",
        http.request.method = %line.method,
        http.route = line.route,
        http.response.status_code = Empty,
    );
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    let took = start.elapsed();
    meter::request(line.method.as_str(), &line.route, status, took);
    line.write(status, u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    response
}

async fn read(request: Request, policy: ClientAddress) -> (Line, Request) {
    let (mut parts, body) = request.into_parts();
    let client = match policy {
        ClientAddress::None => None,
        policy => {
            let address = ClientIp::from_request_parts(&mut parts, &()).await;
            address.ok().map(|ClientIp(address)| told(address, policy))
        }
    };
    let route = parts.extensions.get::<MatchedPath>();
    let line = Line {
        method: known(&parts.method),
        route: route.map_or("unmatched", MatchedPath::as_str).to_owned(),
        id: parts.extensions.get::<RequestId>().cloned(),
        client,
    };
    (line, Request::from_parts(parts, body))
}

/// Anybody can make up a method, and each would be a figure of its own.
fn known(method: &Method) -> Method {
    match *method {
        Method::GET | Method::HEAD | Method::POST => method.clone(),
        _ => Method::from_bytes(b"OTHER").unwrap_or_default(),
    }
}

/// As much of an address as the settings allow.
fn told(address: IpAddr, policy: ClientAddress) -> String {
    match (policy, address.to_canonical()) {
        (ClientAddress::Network, IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        (ClientAddress::Network, IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        (_, address) => address.to_string(),
    }
}

impl Line {
    /// A fault of ours is an error, a fault of theirs a warning.
    fn write(&self, status: u16, duration_ms: u64) {
        let request_id = self
            .id
            .as_ref()
            .and_then(|id| id.header_value().to_str().ok());
        // A macro for each level, because a level is part of what is compiled in.
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    http.method = %self.method,
                    http.route = self.route,
                    http.status = status,
                    duration_ms,
                    request_id,
                    client.address = self.client,
                    "request"
                )
            };
        }
        match status {
            500.. => line!(error),
            400.. => line!(warn),
            _ => line!(info),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_of_an_address_is_told_than_the_settings_allow() {
        let (network, full) = (ClientAddress::Network, ClientAddress::Full);
        let v4 = IpAddr::from([192, 0, 2, 77]);
        let mapped = IpAddr::from([0, 0, 0, 0, 0, 0xffff, 0xc000, 0x024d]);
        let v6 = IpAddr::from([0x2001, 0xdb8, 1, 2, 3, 4, 5, 6]);
        assert_eq!(told(v4, network), "192.0.2.0/24");
        assert_eq!(told(mapped, network), "192.0.2.0/24");
        assert_eq!(told(v6, network), "2001:db8:1::/48");
        assert_eq!(told(v4, full), "192.0.2.77");
    }
}
