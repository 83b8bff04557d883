//! A browser: it keeps the cookie that it is given and says where its requests come from.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header, request::Builder},
    response::Response,
};
use leftoff::clock::ManualClock;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use url::Url;

use super::Answer;

/// One device's browser. A clone is a second tab.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    origin: String,
    address: SocketAddr,
    clock: ManualClock,
    /// Name and value of the cookie that it sends.
    pub(crate) cookie: Option<String>,
}

impl Browser {
    pub(crate) fn new(router: Router, site: &Url, address: SocketAddr, clock: ManualClock) -> Self {
        let origin = site.origin().ascii_serialization();
        Self {
            router,
            origin,
            address,
            clock,
            cookie: None,
        }
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Opens a page with a header.
    pub(crate) async fn get_with(&mut self, path: &str, name: &str, value: &str) -> Answer {
        let request = self.request(Method::GET, path).header(name, value);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The status of a page, which may have no end.
    pub(crate) async fn status(&self, path: &str) -> StatusCode {
        self.open(path).await.status()
    }

    /// What comes of a page that has no end.
    pub(crate) async fn follow(&self, path: &str) -> Body {
        let response = self.open(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body()
    }

    async fn open(&self, path: &str) -> Response {
        let request = self.request(Method::GET, path);
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.address));
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Presses a button of a form.
    pub(crate) async fn submit(&mut self, path: &str, form: &str) -> Answer {
        let form_type = "application/x-www-form-urlencoded";
        let request = self.own(path).header(header::CONTENT_TYPE, form_type);
        self.send(request.body(Body::from(form.to_owned())).unwrap())
            .await
    }

    /// Calls a server function as the island does.
    pub(crate) async fn act(&mut self, act: &str, arguments: Value) -> Answer {
        let request = self.own(&format!("/api/{act}"));
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(arguments.to_string())).unwrap())
            .await
    }

    /// Presses "Continue verification" with JavaScript.
    pub(crate) async fn resume(&mut self, token: &str) -> Answer {
        self.act(
            "resume_inquiry",
            json!({ "link": token, "birthdate": null }),
        )
        .await
    }

    /// The same, with a date of birth.
    pub(crate) async fn resume_born(&mut self, token: &str, birthdate: &str) -> Answer {
        let arguments = json!({ "link": token, "birthdate": birthdate });
        self.act("resume_inquiry", arguments).await
    }

    /// Says that the flow is over.
    pub(crate) async fn report_completion(&mut self, token: &str) -> Answer {
        self.act("report_completion", json!({ "link": token }))
            .await
    }

    /// Says what went wrong.
    pub(crate) async fn report_trouble(&mut self, token: &str, trouble: &str) -> Answer {
        let arguments = json!({ "link": token, "trouble": trouble });
        self.act("report_trouble", arguments).await
    }

    /// Signs in as staff.
    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        let form = format!("email={email}&password={password}&zone=Europe%2FBerlin");
        self.submit("/ops/sign-in", &form).await
    }

    /// Sends a request from the browser's address, a millisecond after the one before, and keeps the cookie.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        self.clock.advance(Duration::from_millis(1));
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(!body.contains("Unknown localization"), "{body}");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// A request that says nothing about where it comes from.
    pub(crate) fn request(&self, method: Method, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(path);
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    fn own(&self, path: &str) -> Builder {
        self.request(Method::POST, path)
            .header(header::ORIGIN, &self.origin)
    }
}
