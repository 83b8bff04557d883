//! Whoever comes to the application: people, the staff, and other programs.

use std::net::SocketAddr;

use axum::Router;
use leftoff::{
    http::router,
    model::role::Role,
    staff::{AccountError, Actor, NewStaff},
    state::AppState,
    store::staff::StaffRow,
};
use tokio::net::TcpListener;

use super::{App, PASSWORD};
use crate::support::Browser;

impl App {
    /// A browser whose requests another node answers.
    pub(crate) fn browser_at_node(&self, node: &AppState) -> Browser {
        let site = &self.state.config.server.public_url;
        let address = "192.0.2.1:1234".parse().unwrap();
        Browser::new(router(node.clone()), site, address, self.clock.clone())
    }

    /// A browser that never was here.
    pub(crate) fn browser(&self) -> Browser {
        self.browser_at("192.0.2.1:1234")
    }

    /// A browser that never was here, for other routes than ours behind the same guards.
    pub(crate) fn browser_of(&self, others: Router<AppState>) -> Browser {
        let router = leftoff::http::guarded(others, self.state.clone());
        let site = &self.state.config.server.public_url;
        let address = "192.0.2.1:1234".parse().unwrap();
        Browser::new(router, site, address, self.clock.clone())
    }

    /// A browser that never was here, at an address.
    pub(crate) fn browser_at(&self, address: &str) -> Browser {
        let address: SocketAddr = address.parse().unwrap();
        let site = &self.state.config.server.public_url;
        Browser::new(self.router.clone(), site, address, self.clock.clone())
    }

    /// Serves on a port of loopback as long as the test runs; where.
    pub(crate) async fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = format!("http://{}", listener.local_addr().unwrap());
        let serving = leftoff::http::serve(listener, self.state.clone(), std::future::pending());
        tokio::spawn(serving);
        site
    }

    /// The browser of somebody on the staff with this role, signed in.
    pub(crate) async fn staff(&self, role: Role) -> Browser {
        let email = format!("{}@example.com", role.code());
        let new = NewStaff {
            email: email.clone(),
            name: format!("A {}", role.code()),
            role,
            password: Some(PASSWORD.into()),
        };
        match self.state.staff.add(&Actor::System, new).await {
            Ok(_) | Err(AccountError::Taken) => {}
            Err(error) => panic!("{error}"),
        }
        let mut browser = self.browser();
        let answer = browser.sign_in(&email, PASSWORD).await;
        assert_eq!(answer.redirect(), (303, "/ops"), "{}", answer.body);
        browser
    }

    /// Whoever [`App::staff`] signed in with this role.
    pub(crate) async fn person(&self, role: Role) -> StaffRow {
        let email = format!("{}@example.com", role.code());
        let person = self.state.store.staff_by_email(&email).await.unwrap();
        person.unwrap()
    }
}
