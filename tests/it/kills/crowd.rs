//! Persona, people, staff and software, all at once, until nobody answers any more.

use std::{collections::VecDeque, sync::Mutex};

use leftoff::clock::Clock;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::json;
use simulator::Status;

use super::{
    promises::{Promise, Promises},
    stock::{Order, Person, Stock},
};
use crate::support::{App, Served, WEBHOOK_SECRET, sign};

const SITE: &str = "http://localhost:4000";
const FORM: &str = "application/x-www-form-urlencoded";

/// Everybody who sends requests to one life of the process.
pub(super) struct Crowd<'a> {
    app: &'a App,
    base: String,
    client: Client,
    stock: &'a Stock,
    promises: &'a Promises,
}

/// Nobody answers any more, or there is nothing to do in this life.
struct Dead;

fn take<T>(of: &Mutex<VecDeque<T>>) -> Result<T, Dead> {
    of.lock().unwrap().pop_front().ok_or(Dead)
}

impl<'a> Crowd<'a> {
    pub(super) fn new(
        app: &'a App,
        client: &Client,
        served: &Served,
        stock: &'a Stock,
        promises: &'a Promises,
    ) -> Self {
        Self {
            app,
            base: served.url(""),
            client: client.clone(),
            stock,
            promises,
        }
    }

    /// Goes on until the process is gone.
    pub(super) async fn work(&self) {
        tokio::join!(
            async { while self.tell().await.is_ok() {} },
            async { while self.verify().await.is_ok() {} },
            async { while self.verify().await.is_ok() {} },
            async { while self.order().await.is_ok() {} },
            async { while self.act().await.is_ok() {} },
            async { while self.ask().await.is_ok() {} },
        );
    }

    /// Sends a request; whatever is not the promised status is a mistake, and no answer is the end.
    async fn send(&self, request: RequestBuilder, meant: StatusCode) -> Result<Response, Dead> {
        let Ok(answer) = request.send().await else {
            self.promises.lose();
            return Err(Dead);
        };
        let status = answer.status();
        assert_eq!(status, meant, "{:?}", answer.text().await);
        Ok(answer)
    }

    fn post(&self, path: &str) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.base));
        request.header("origin", SITE)
    }

    /// A webhook of Persona, which tells again what nobody took.
    async fn tell(&self) -> Result<(), Dead> {
        let event = take(&self.stock.events)?;
        let id = event["data"]["id"].as_str().unwrap().to_owned();
        let body = event.to_string();
        let now = Clock::system().now().as_second();
        let signature = sign(WEBHOOK_SECRET, now, body.as_bytes());
        let request = self.client.post(format!("{}/webhooks/persona", self.base));
        let request = request.header("persona-signature", signature).body(body);
        if self.send(request, StatusCode::OK).await.is_err() {
            self.stock.events.lock().unwrap().push_front(event);
            return Err(Dead);
        }
        self.promises.keep(Promise::Event(id));
        Ok(())
    }

    /// Somebody presses the button, goes through the flow, and comes back.
    async fn verify(&self) -> Result<(), Dead> {
        let mut person = take(&self.stock.people)?;
        if person.cookie.is_none() {
            person.cookie = Some(self.resume(&person).await?);
            let inquiry = &person.inquiry;
            self.app
                .persona
                .set_status(inquiry, Status::Completed)
                .unwrap();
        }
        let arguments = json!({ "link": person.token });
        let request = self.post("/api/report_completion").json(&arguments);
        let request = request.header("cookie", person.cookie.as_deref().unwrap());
        if self.send(request, StatusCode::OK).await.is_err() {
            self.stock.people.lock().unwrap().push_front(person);
            return Err(Dead);
        }
        self.promises.keep(Promise::Receipt(person.inquiry));
        Ok(())
    }

    /// The cookie of a device that a link now belongs to. Whoever gets no answer presses no second time here, so that a
    /// press is never counted twice.
    async fn resume(&self, person: &Person) -> Result<String, Dead> {
        let arguments = json!({ "link": person.token, "birthdate": null });
        let request = self.post("/api/resume_inquiry").json(&arguments);
        let answer = self.send(request, StatusCode::OK).await?;
        let promise = Promise::Resumed(person.inquiry.clone());
        self.promises.keep(promise);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        Ok(cookie.split(';').next().unwrap().to_owned())
    }

    /// The company's software makes a link or opens an inquiry again; without an answer it sends the same once more.
    async fn order(&self) -> Result<(), Dead> {
        let waiting = self.stock.orders.lock().unwrap().pop_front();
        let order = waiting.unwrap_or_else(|| self.new_order());
        let request = self.client.post(format!("{}{}", self.base, order.path));
        let request = request.bearer_auth(&self.stock.key).json(&order.body);
        let request = request.header("idempotency-key", &order.name);
        if self.send(request, StatusCode::CREATED).await.is_err() {
            self.stock.orders.lock().unwrap().push_front(order);
            return Err(Dead);
        }
        self.promises.keep(Promise::Deed(order.name));
        Ok(())
    }

    fn new_order(&self) -> Order {
        let name = self.stock.name("order");
        Order {
            path: "/api/v1/links".to_owned(),
            body: json!({ "inquiry_id": self.stock.inquiries[0], "note": name }),
            name,
        }
    }

    /// Somebody on the staff makes a link; without an answer it stays open whether there is one.
    async fn act(&self) -> Result<(), Dead> {
        let inquiry = &self.stock.inquiries[1];
        let known = self
            .app
            .state
            .store
            .inquiry(inquiry)
            .await
            .unwrap()
            .unwrap();
        let note = self.stock.name("act");
        let (version, status, seen) = (known.version, known.status, Clock::system().now_ms());
        let form = format!(
            "version={version}&status={status}&seen={seen}&reason=person-asked&note={note}"
        );
        let request = self.post(&format!("/ops/inquiries/{inquiry}/links"));
        let request = request.header("cookie", &self.stock.staff).body(form);
        let request = request.header("content-type", FORM);
        self.send(request, StatusCode::OK).await?;
        self.promises.keep(Promise::Deed(note));
        Ok(())
    }

    /// Somebody who lost their link asks for another.
    async fn ask(&self) -> Result<(), Dead> {
        let (address, inquiry) = take(&self.stock.lost)?;
        let request = self.post("/recover").header("content-type", FORM);
        let request = request.body(format!("reference={inquiry}"));
        self.send(request, StatusCode::SEE_OTHER).await?;
        self.promises.keep(Promise::Mail(address, inquiry));
        Ok(())
    }
}
