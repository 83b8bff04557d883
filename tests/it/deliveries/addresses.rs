//! Addresses: nothing is sent into a network that is not allowed, whatever a name leads to.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use leftoff::{
    config::Config,
    deliver::{Deliveries, EndpointError, Names},
    staff::Actor,
};

use super::{at_home, deliveries, endpoint, only, settle, settle_by, test_of, wanting};
use crate::support::{App, Receiver, Reply};

/// Webhooks of an app's store, with names that lead where the test says.
fn named(app: &App, leads: &Arc<Mutex<IpAddr>>) -> Deliveries {
    let leads = Arc::clone(leads);
    let names = Names::by(move |name| {
        assert_eq!(name, "hooks.example.com");
        let address = *leads.lock().unwrap();
        async move { Ok(vec![address]) }
    });
    let (store, clock) = (app.state.store.clone(), app.state.clock.clone());
    Deliveries::with_names(store, clock, &app.state.config, &names).unwrap()
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_refused_when_it_is_connected_to() {
    let app = App::start().await;
    let receiver = Receiver::start().await;
    let leads = Arc::new(Mutex::new(receiver.addr.ip()));
    let webhooks = named(&app, &leads);
    let url = format!("https://hooks.example.com:{}/", receiver.addr.port());
    let (id, _) = endpoint(&app, &url).await;
    for private in [
        "127.0.0.1",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "172.16.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "fe80::1",
    ] {
        *leads.lock().unwrap() = private.parse().unwrap();
        test_of(&app, &id).await;
        settle_by(&webhooks).await;
        let newest = deliveries(&app, &id).await.remove(0);
        let cause = newest.cause.as_deref();
        assert_eq!(cause, Some("private-address"), "{private}: {newest:?}");
        app.advance(Duration::from_millis(5));
    }
    assert_eq!(receiver.hooks().len(), 0);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_after_it_was_admitted_is_refused() {
    // The one address stands for the internet; the other is what nobody may reach.
    let only_two = |config: &mut Config| {
        at_home(config);
        config.deliveries.allow_networks = vec!["127.0.0.2/32".parse().unwrap()];
    };
    let app = App::start_with(only_two).await;
    let open = Receiver::at("127.0.0.2:0").await;
    let shut = Receiver::at(&format!("127.0.0.1:{}", open.addr.port())).await;
    open.answer(Reply::Status(204, "connection", "close".to_owned()));
    let leads = Arc::new(Mutex::new(open.addr.ip()));
    let webhooks = named(&app, &leads);
    let url = format!("http://hooks.example.com:{}/", open.addr.port());
    let (id, _) = endpoint(&app, &url).await;
    test_of(&app, &id).await;
    settle_by(&webhooks).await;
    assert_eq!(only(&app, &id).await.state, "delivered");
    *leads.lock().unwrap() = shut.addr.ip();
    app.advance(Duration::from_millis(5));
    test_of(&app, &id).await;
    settle_by(&webhooks).await;
    let newest = deliveries(&app, &id).await.remove(0);
    assert_eq!(
        newest.cause.as_deref(),
        Some("private-address"),
        "{newest:?}"
    );
    assert_eq!((open.hooks().len(), shut.hooks().len()), (1, 0));
    *leads.lock().unwrap() = "1.1.1.1".parse().unwrap();
    app.advance(Duration::from_millis(5));
    test_of(&app, &id).await;
    settle_by(&webhooks).await;
    let newest = deliveries(&app, &id).await.remove(0);
    let cause = newest.cause.as_deref();
    assert_eq!(
        cause,
        Some("private-address"),
        "http stays inside: {newest:?}"
    );
}

#[tokio::test]
async fn an_address_that_is_named_in_the_url_is_looked_at_too() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    let (id, _) = endpoint(&app, &receiver.url).await;
    let app = app
        .restart_with(|config| config.deliveries.allow_networks.clear())
        .await;
    let refused = app
        .state
        .deliveries
        .add(&Actor::System, &wanting(&receiver.url, None))
        .await;
    assert!(matches!(refused, Err(EndpointError::NotHttps)));
    test_of(&app, &id).await;
    settle(&app).await;
    let delivery = only(&app, &id).await;
    assert_eq!(delivery.cause.as_deref(), Some("private-address"));
    assert_eq!(receiver.hooks().len(), 0);
}
