//! The cookies of a device and of somebody on the staff.

use axum::{
    body::Body,
    http::{HeaderValue, Method, header::COOKIE},
};
use leftoff::model::role::Role;
use serde_json::json;
use simulator::Status;

use super::{Target, near};
use crate::support::App;

struct World {
    app: App,
    token: String,
    device: String,
    staff: String,
}

async fn world() -> World {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    assert_eq!(browser.resume(&token).await.status, 200);
    let otto = app.staff(Role::Operator).await;
    World {
        token,
        device: browser.cookie.unwrap(),
        staff: otto.cookie.unwrap(),
        app,
    }
}

async fn check(world: &World, cookie: Vec<u8>) {
    let Ok(header) = HeaderValue::from_bytes(&cookie) else {
        return;
    };
    // Space around a name is none of it, so it is the secret that counts.
    let holds = |good: &str| {
        let (_, secret) = good.split_once('=').unwrap();
        String::from_utf8_lossy(&cookie).contains(secret)
    };
    let mut browser = world.app.browser();
    let request = browser.request(Method::GET, "/ops");
    let request = request.header(COOKIE, header.clone());
    let page = browser.send(request.body(Body::empty()).unwrap()).await;
    let status = page.status.as_u16();
    assert!(
        status == 303 || status == 200 && holds(&world.staff),
        "{status}"
    );

    let request = browser.request(Method::POST, "/api/resume_inquiry");
    let request = request
        .header(COOKIE, header)
        .header("origin", "http://localhost:4000")
        .header("content-type", "application/json");
    let body = json!({ "link": world.token, "birthdate": null }).to_string();
    let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
    let status = answer.status.as_u16();
    assert!(
        status == 403 || status == 200 && holds(&world.device),
        "{status}"
    );
}

#[test]
fn no_cookie_but_the_right_one_is_anybodys() {
    let target = Target::new("cookies", world);
    let World { device, staff, .. } = &target.world;
    let both = format!("{device}; {staff}");
    let good = [device, staff, &both].map(|cookie| cookie.as_bytes().to_vec());
    target.run(&near::bytes(good.to_vec()), &check);
}
