//! Signing in by the provider at the pages of ops: who gets in, and who does not.

use axum::http::header::SET_COOKIE;
use leftoff::{
    config,
    model::role::Role,
    staff::{Actor, NewStaff},
    store::staff::StaffRow,
};
use openidconnect::IssuerUrl;

use crate::support::{
    Answer, App, Browser,
    provider::{CLIENT_ID, CLIENT_SECRET, Provider},
};

/// An application whose staff signs in at a provider; Ada is known there as `ada`.
struct House {
    app: App,
    provider: Provider,
}

impl House {
    async fn build() -> Self {
        let app = App::start().await;
        let provider = Provider::start(app.state.clock.clone()).await;
        let settings = config::Oidc {
            issuer: IssuerUrl::new(provider.issuer.clone()).unwrap(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.into(),
            name: "Example login".to_owned(),
            timeout_seconds: 2,
        };
        let app = app
            .restart_with(|config| config.oidc = Some(settings))
            .await;
        Self { app, provider }
    }

    async fn add(&self, email: &str) -> StaffRow {
        let new = NewStaff {
            email: email.to_owned(),
            name: "Ada".to_owned(),
            role: Role::Admin,
            password: None,
        };
        self.app.state.staff.add(&Actor::System, new).await.unwrap()
    }

    /// Goes to the provider and comes back, with the cookies of before.
    async fn travel(&self, browser: &mut Browser) -> Answer {
        let staff = browser.cookie.clone();
        let away = browser.get("/ops/sign-in/provider").await;
        let (status, location) = away.redirect();
        assert_eq!(status, 303, "{}", away.body);
        let back = self.provider.travel(&location.parse().unwrap()).await;
        let journey = browser.cookie.take();
        browser.cookie = [staff, journey]
            .into_iter()
            .flatten()
            .reduce(|one, other| format!("{one}; {other}"));
        browser
            .get(&format!("{}?{}", back.path(), back.query().unwrap()))
            .await
    }
}

#[tokio::test]
async fn whoever_was_added_by_their_address_gets_in_and_is_known_by_their_name_there_ever_after() {
    let house = House::build().await;
    let ada = house.add("Ada@Example.com").await;
    let sign_in = house.app.browser().get("/ops/sign-in").await;
    assert!(sign_in.body.contains("Example login"));

    let mut browser = house.app.browser();
    let answer = house.travel(&mut browser).await;
    assert_eq!(answer.redirect(), (303, "/ops"));
    let cookies: Vec<_> = answer.headers.get_all(SET_COOKIE).iter().collect();
    assert_eq!(cookies.len(), 2, "the journey's cookie is taken back");
    assert_eq!(browser.get("/ops").await.status, 200);

    house.provider.behaviour().claims =
        Box::new(|claims| claims["email"] = "new@example.com".into());
    let mut again = house.app.browser();
    assert_eq!(house.travel(&mut again).await.redirect(), (303, "/ops"));
    let bound = house.app.state.store.staff(&ada.id).await.unwrap().unwrap();
    assert_eq!(bound.oidc_subject.as_deref(), Some("ada"));
    let acts: Vec<_> = house
        .app
        .audit()
        .await
        .into_iter()
        .map(|row| row.act)
        .collect();
    assert_eq!(
        acts,
        ["staff-added", "provider-bound", "signed-in", "signed-in"]
    );
}

#[tokio::test]
async fn whoever_is_not_on_the_staff_or_shut_out_does_not_get_in() {
    let house = House::build().await;
    let mut browser = house.app.browser();
    let refused = (403, "You are not signed in");
    assert_eq!(house.travel(&mut browser).await.page(), refused);

    let ada = house.add("ada@example.com").await;
    house.app.staff(Role::Admin).await;
    house.provider.behaviour().claims = Box::new(|claims| claims["email_verified"] = false.into());
    assert_eq!(
        house.travel(&mut house.app.browser()).await.page(),
        refused,
        "anybody can claim an address"
    );

    house.provider.behaviour().claims = Box::new(|_| {});
    assert_eq!(house.travel(&mut house.app.browser()).await.status, 303);
    house.provider.behaviour().claims = Box::new(|claims| claims["sub"] = "another".into());
    assert_eq!(
        house.travel(&mut house.app.browser()).await.page(),
        refused,
        "the address changed hands"
    );

    house.provider.behaviour().claims = Box::new(|_| {});
    let staff = &house.app.state.staff;
    staff
        .set_disabled(&Actor::System, &ada.id, true)
        .await
        .unwrap();
    assert_eq!(house.travel(&mut house.app.browser()).await.page(), refused);
}

#[tokio::test]
async fn a_journey_that_this_browser_did_not_begin_ends_nowhere() {
    let house = House::build().await;
    house.add("ada@example.com").await;
    let away = house.app.browser().get("/ops/sign-in/provider").await;
    let back = house
        .provider
        .travel(&away.redirect().1.parse().unwrap())
        .await;
    let path = format!("{}?{}", back.path(), back.query().unwrap());
    let mut stranger = house.app.browser();
    assert_eq!(
        stranger.get(&path).await.page(),
        (400, "You are not signed in")
    );
    stranger.cookie = Some("__Host-leftoff-journey=forged".to_owned());
    assert_eq!(
        stranger.get(&path).await.page(),
        (400, "You are not signed in")
    );
    assert_eq!(stranger.get("/ops").await.status, 303);
}

#[tokio::test]
async fn a_provider_that_says_no_or_nothing_is_told_in_words() {
    let house = House::build().await;
    house.add("ada@example.com").await;
    house.provider.behaviour().refusal = Some("access_denied");
    let answer = house.travel(&mut house.app.browser()).await;
    assert_eq!(answer.page(), (403, "You are not signed in"));
    let House { app, provider } = House::build().await;
    provider.stop().await;
    let answer = app.browser().get("/ops/sign-in/provider").await;
    assert_eq!(answer.page(), (503, "You are not signed in"));
}

#[tokio::test]
async fn a_proof_at_the_provider_is_of_whoever_is_signed_in() {
    let house = House::build().await;
    house.add("ada@example.com").await;
    let mut browser = house.app.browser();
    house.travel(&mut browser).await;
    let before = browser.cookie.clone();
    // Another tab, another person at the provider.
    house.provider.behaviour().claims = Box::new(|claims| {
        claims["sub"] = "eve".into();
        claims["email"] = "eve@example.com".into();
    });
    house.add("eve@example.com").await;
    let mut other = browser.clone();
    assert_eq!(
        house.travel(&mut other).await.page(),
        (403, "You are not signed in")
    );
    house.provider.behaviour().claims = Box::new(|_| {});
    let answer = house.travel(&mut browser).await;
    assert_eq!(answer.redirect(), (303, "/ops"));
    assert_ne!(browser.cookie, before);
    let last = house.app.audit().await.pop().unwrap();
    assert_eq!(last.act, "proved");
}

#[tokio::test]
async fn without_a_provider_there_is_no_way_to_one() {
    let app = App::start().await;
    let answer = app.browser().get("/ops/sign-in/provider").await;
    assert_eq!(answer.page(), (404, "You are not signed in"));
    let sign_in = app.browser().get("/ops/sign-in").await;
    assert!(!sign_in.body.contains("/ops/sign-in/provider"));
}
