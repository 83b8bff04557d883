//! An OpenID provider on loopback that signs with real keys, keeps what it promised, and misbehaves when told to.

use std::{
    collections::HashMap,
    future::pending,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Form, Json, Router,
    body::to_bytes,
    extract::{Query, Request, State},
    http::{
        HeaderMap, StatusCode,
        header::{AUTHORIZATION, CONTENT_TYPE, LOCATION},
    },
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use leftoff::{clock::Clock, oidc::Callback};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

use super::Signer;

pub(crate) const CLIENT_ID: &str = "leftoff-tests";
pub(crate) const CLIENT_SECRET: &str = "a client secret: 100 % safe";
pub(crate) const REDIRECT_URI: &str = "http://localhost:4000/ops/sign-in/oidc";
/// The token that opens the userinfo endpoint.
pub(crate) const ACCESS_TOKEN: &str = "access-token-for-tests";

/// Changes a document before it is sent.
type Change = Box<dyn Fn(&mut Value) + Send>;

/// How the provider behaves.
pub(crate) struct Behaviour {
    /// What signs ID tokens.
    pub(crate) signer: Arc<Signer>,
    /// The keys in the key set.
    pub(crate) published: Vec<Value>,
    pub(crate) discovery: Change,
    pub(crate) claims: Change,
    pub(crate) tokens: Change,
    /// What the userinfo endpoint says; nothing, and there is no such endpoint.
    pub(crate) user_info: Option<Value>,
    /// The person says no, or the provider does.
    pub(crate) refusal: Option<&'static str>,
    /// Whether the secret must stand in the body.
    pub(crate) secret_in_body: bool,
    /// What goes wrong at which path.
    pub(crate) fault: Option<(&'static str, Fault)>,
}

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Html,
    Unavailable,
    TooManyRequests,
    Hang,
    Huge,
    Redirect,
    NoJson,
}

/// A running provider; it stops when it is dropped.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    issuer: String,
    clock: Clock,
    behaviour: Mutex<Behaviour>,
    grants: Mutex<HashMap<String, Grant>>,
    requests: Mutex<Vec<String>>,
}

/// What a code stands for.
struct Grant {
    nonce: String,
    challenge: String,
}

impl Provider {
    pub(crate) async fn start(clock: Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            issuer: issuer.clone(),
            clock,
            behaviour: Mutex::new(Behaviour::new(Signer::ec("first"))),
            grants: Mutex::default(),
            requests: Mutex::default(),
        });
        let router = router(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            issuer,
            shared,
            server,
        }
    }

    /// What can be changed about it.
    pub(crate) fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.shared.behaviour.lock().unwrap()
    }

    /// Signs with another key from now on, and publishes it.
    pub(crate) fn rotate(&self, signer: Signer) {
        let mut behaviour = self.behaviour();
        behaviour.published = vec![signer.jwk()];
        behaviour.signer = Arc::new(signer);
    }

    /// How often a path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        let requests = self.shared.requests.lock().unwrap();
        requests.iter().filter(|asked| *asked == path).count()
    }

    /// A person with a browser goes where they were sent, says yes, and comes back with this.
    pub(crate) async fn visit(&self, url: &Url) -> Callback {
        let back = self.travel(url).await;
        serde_json::from_value(json!(parameters(&back))).unwrap()
    }

    /// The same, as the address that the browser comes back to.
    pub(crate) async fn travel(&self, url: &Url) -> Url {
        let browser = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let answer = browser.get(url.clone()).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{url}");
        let back = answer.headers()[LOCATION].to_str().unwrap();
        let back: Url = back.parse().unwrap();
        assert!(back.as_str().starts_with(REDIRECT_URI));
        back
    }

    /// Stops listening.
    pub(crate) async fn stop(mut self) {
        self.server.abort();
        assert!((&mut self.server).await.unwrap_err().is_cancelled());
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Behaviour {
    fn new(signer: Signer) -> Self {
        Self {
            published: vec![signer.jwk()],
            signer: Arc::new(signer),
            discovery: Box::new(|_| {}),
            claims: Box::new(|_| {}),
            tokens: Box::new(|_| {}),
            user_info: None,
            refusal: None,
            secret_in_body: false,
            fault: None,
        }
    }

    /// Puts the claims of a person to the userinfo endpoint instead of the ID token.
    pub(crate) fn move_claims(&mut self, subject: &str, is_verified: bool) {
        self.claims = Box::new(|claims| {
            for claim in ["email", "email_verified", "name"] {
                claims.as_object_mut().unwrap().remove(claim);
            }
        });
        self.user_info = Some(json!({
            "sub": subject,
            "email": "ada@example.com",
            "email_verified": is_verified,
            "name": "Ada Lovelace",
        }));
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/jwks", get(jwks))
        .route("/authorize", get(authorize))
        .route("/token", post(token))
        .route("/userinfo", get(user_info))
        .route("/elsewhere", get(discovery))
        .layer(from_fn_with_state(Arc::clone(&shared), misbehave))
        .with_state(shared)
}

async fn misbehave(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    shared.requests.lock().unwrap().push(path.clone());
    let fault = shared.behaviour.lock().unwrap().fault;
    match fault.filter(|(at, _)| *at == path).map(|(_, fault)| fault) {
        None => next.run(request).await,
        Some(Fault::Html) => Html("<h1>Welcome</h1>").into_response(),
        Some(Fault::Unavailable) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some(Fault::TooManyRequests) => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Some(Fault::Hang) => pending().await,
        Some(Fault::Huge) => padded(next.run(request).await).await,
        Some(Fault::Redirect) => Redirect::temporary("/elsewhere").into_response(),
        Some(Fault::NoJson) => ([("content-type", "application/json")], "{").into_response(),
    }
}

/// The right answer with a mebibyte of white space behind it, which JSON allows.
async fn padded(answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    let mut bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    bytes.resize(bytes.len() + 1024 * 1024, b' ');
    let mut padded = Response::new(bytes.into());
    let kind = parts.headers[CONTENT_TYPE].clone();
    padded.headers_mut().insert(CONTENT_TYPE, kind);
    padded
}

async fn discovery(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let issuer = &shared.issuer;
    let behaviour = shared.behaviour.lock().unwrap();
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA", "Ed25519", "HS256", "none"],
    });
    if behaviour.user_info.is_some() {
        document["userinfo_endpoint"] = json!(format!("{issuer}/userinfo"));
    }
    if behaviour.secret_in_body {
        document["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
    }
    (behaviour.discovery)(&mut document);
    Json(document)
}

async fn jwks(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let keys = shared.behaviour.lock().unwrap().published.clone();
    Json(json!({ "keys": keys }))
}

async fn authorize(
    State(shared): State<Arc<Shared>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Redirect {
    let expected = [
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", REDIRECT_URI),
        ("code_challenge_method", "S256"),
        ("scope", "openid email profile"),
    ];
    for (key, value) in expected {
        assert_eq!(asked[key], value, "{key}");
    }
    let mut back: Url = REDIRECT_URI.parse().unwrap();
    let mut query = back.query_pairs_mut();
    query.append_pair("state", &asked["state"]);
    query.append_pair("iss", &shared.issuer);
    if let Some(error) = shared.behaviour.lock().unwrap().refusal {
        query.append_pair("error", error);
    } else {
        let grant = Grant {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
        };
        let mut grants = shared.grants.lock().unwrap();
        let code = format!("code-{}", grants.len() + 1);
        query.append_pair("code", &code);
        grants.insert(code, grant);
    }
    drop(query);
    Redirect::to(back.as_str())
}

async fn token(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(asked): Form<HashMap<String, String>>,
) -> Response {
    let behaviour = shared.behaviour.lock().unwrap();
    if !knows_client(&headers, &asked, behaviour.secret_in_body) {
        return refuse("invalid_client");
    }
    let code = asked.get("code").map_or("", String::as_str);
    let Some(grant) = shared.grants.lock().unwrap().remove(code) else {
        return refuse("invalid_grant");
    };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&asked["code_verifier"]));
    if challenge != grant.challenge || asked["redirect_uri"] != REDIRECT_URI {
        return refuse("invalid_grant");
    }
    assert_eq!(asked["grant_type"], "authorization_code");
    let claims = claims(&shared, &behaviour, &grant);
    let mut tokens = json!({
        "access_token": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_in": 300,
        "id_token": behaviour.signer.token(&claims),
    });
    (behaviour.tokens)(&mut tokens);
    Json(tokens).into_response()
}

fn claims(shared: &Shared, behaviour: &Behaviour, grant: &Grant) -> Value {
    let now = shared.clock.now().as_second();
    let mut claims = json!({
        "iss": shared.issuer,
        "sub": "ada",
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 300,
        "auth_time": now - 3,
        "nonce": grant.nonce,
        "email": "ada@example.com",
        "email_verified": true,
        "name": "Ada Lovelace",
    });
    (behaviour.claims)(&mut claims);
    claims
}

async fn user_info(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    if headers[AUTHORIZATION] != format!("Bearer {ACCESS_TOKEN}") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let info = shared.behaviour.lock().unwrap().user_info.clone();
    Json(info.unwrap()).into_response()
}

/// Whether the client proves who it is in the one way that it may (RFC 6749 section 2.3.1).
fn knows_client(headers: &HeaderMap, asked: &HashMap<String, String>, in_body: bool) -> bool {
    if in_body {
        let body = asked.get("client_id").zip(asked.get("client_secret"));
        let right = body.is_some_and(|(id, secret)| id == CLIENT_ID && secret == CLIENT_SECRET);
        return right && !headers.contains_key(AUTHORIZATION);
    }
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let (id, secret): (String, String) = (encode(CLIENT_ID), encode(CLIENT_SECRET));
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    headers.get(AUTHORIZATION).is_some_and(|is| *is == basic)
}

fn refuse(error: &str) -> Response {
    let said = json!({ "error": error, "error_description": "no, and code-1 is secret" });
    (StatusCode::BAD_REQUEST, Json(said)).into_response()
}

/// The parameters of a URL's query.
pub(crate) fn parameters(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}
