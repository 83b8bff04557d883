//! Every page and every mail, walked in every language: whatever is said is said by that language's file.

use std::collections::BTreeSet;

use axum::{
    body::to_bytes,
    http::{Method, Request},
};
use leftoff::{
    links::{NewLink, channel::Channel},
    mail::{Letter, Letterhead, Term},
    model::{message::MessageKind, refusal::Refusal},
    portal::refused,
    visit::Visit,
    words::Words,
};
use secrecy::SecretString;
use simulator::{Seed, Status};
use url::Url;

use crate::support::{App, Browser, Catalog, said};

const COMPANY: &str = "Zwölf & Söhne";
const HOUR: i64 = 3_600_000;

/// What a page of one language says, compared with its file.
struct Listener<'a> {
    catalog: &'a Catalog,
    all: &'a [Catalog],
    heard: BTreeSet<String>,
}

impl<'a> Listener<'a> {
    fn new(catalog: &'a Catalog, all: &'a [Catalog]) -> Self {
        let heard = BTreeSet::new();
        Self {
            catalog,
            all,
            heard,
        }
    }

    /// A page: each of its texts is one of the language that it is marked with, and most are of this one.
    fn page(&mut self, place: &str, html: &str) {
        let said = said(html);
        let (tag, direction) = (&self.catalog.tag, direction(&self.catalog.tag));
        let own = said.iter().filter(|said| said.language == *tag);
        assert!(own.count() > 3, "{place} in {tag}: {said:?}");
        for said in &said {
            let is_data = [COMPANY, "help@example.com"].contains(&&*said.text);
            if is_data {
                continue;
            }
            if said.language == *tag {
                assert_eq!(said.direction, direction, "{place} in {tag}: {said:?}");
                self.text(place, &said.text);
            } else {
                // The language switch: a language by its own name.
                let other = self.all.iter().find(|other| other.tag == said.language);
                let keys = other.map(|other| other.keys_of(&said.text));
                assert_eq!(
                    keys,
                    Some(vec!["language-name"]),
                    "{place} in {tag}: {said:?}"
                );
            }
        }
    }

    /// A text of this language.
    fn text(&mut self, place: &str, text: &str) {
        let text = text.strip_suffix(&format!(" · {COMPANY}")).unwrap_or(text);
        let keys = self.catalog.keys_of(text);
        assert!(
            !keys.is_empty(),
            "{place} in {}: {text:?} is not from the file",
            self.catalog.tag
        );
        self.heard.extend(keys.into_iter().map(str::to_owned));
    }

    fn letter(&mut self, letter: &Letter, url: &Url) {
        self.text("subject", &letter.subject);
        for paragraph in letter.text.trim_end().split("\n\n") {
            if paragraph != url.as_str() {
                self.text("mail", paragraph);
            }
        }
        let html = letter.html.replace(url.as_str(), "");
        self.page("mail as HTML", &html);
    }
}

fn direction(tag: &str) -> &'static str {
    if ["ar", "he"].contains(&tag) {
        "rtl"
    } else {
        "ltr"
    }
}

/// An application that can send new links, with limits that no test reaches.
async fn app() -> App {
    App::start_with(|config| {
        COMPANY.clone_into(&mut config.portal.name);
        config.mail.smtp_url = Some(SecretString::from("smtp://localhost:25"));
        (config.limits.pages, config.limits.acts) = (100_000, 100_000);
    })
    .await
}

/// A browser of one language.
struct Reader<'a> {
    app: &'a App,
    tag: &'a str,
}

impl Reader<'_> {
    async fn get(&self, browser: &mut Browser, path: &str) -> (String, String) {
        let page = browser.get(&format!("{path}?lang={}", self.tag)).await;
        (path.to_owned(), page.body)
    }

    async fn submit(&self, browser: &mut Browser, path: &str, form: &str) -> (String, String) {
        let page = browser
            .submit(&format!("{path}?lang={}", self.tag), form)
            .await;
        (path.to_owned(), page.body)
    }

    /// The pages that need no link.
    async fn doors(&self) -> Vec<(String, String)> {
        let mut browser = self.app.browser();
        vec![
            self.get(&mut browser, "/").await,
            self.get(&mut browser, "/recover").await,
            self.submit(&mut browser, "/recover", "reference=").await,
            self.get(&mut browser, "/recover/sent").await,
        ]
    }

    /// The page of a link, in every state of its inquiry.
    async fn outcomes(&self) -> Vec<(String, String)> {
        let mut pages = Vec::new();
        for status in [
            Status::Pending,
            Status::Completed,
            Status::NeedsReview,
            Status::Approved,
            Status::Declined,
            Status::Failed,
        ] {
            let inquiry = self.app.inquiry(status);
            let token = self.app.link_with(&inquiry, lead).await;
            pages.push(
                self.get(&mut self.app.browser(), &format!("/r/{token}"))
                    .await,
            );
        }
        let redacted = Seed {
            status: Status::Completed,
            redacted: true,
            ..Seed::default()
        };
        let inquiry = self.app.persona.create_inquiry(&redacted);
        let token = self.app.link(&inquiry).await;
        pages.push(
            self.get(&mut self.app.browser(), &format!("/r/{token}"))
                .await,
        );
        pages
    }

    /// What one device sees on its way: factor, phone, another device, the way back.
    async fn journeys(&self) -> Vec<(String, String)> {
        let (guarded, _) = self.app.guarded_link().await;
        let (mut one, mut other) = (self.app.browser(), self.app.browser());
        let path = format!("/r/{guarded}");
        let mut pages = vec![
            self.get(&mut one, &path).await,
            self.submit(&mut one, &path, "birthdate=1970-12-24").await,
        ];
        one.resume_born(&guarded, crate::support::BIRTHDATE).await;
        pages.push(self.get(&mut other, &path).await);

        let (token, inquiry) = self.app.link_to(Status::Pending).await;
        let path = format!("/r/{token}");
        let back = format!("/return/{}", self.app.newest_link(&inquiry).await.id);
        pages.push(self.submit(&mut one, &format!("{path}/phone"), "").await);
        self.submit(&mut one, &path, "").await;
        pages.push(self.get(&mut one, &back).await);
        self.app
            .persona
            .set_status(&inquiry, Status::Completed)
            .unwrap();
        pages.push(self.get(&mut one, &back).await);
        // Finished, and not decided: this device may look again.
        self.submit(&mut one, &format!("{path}/check"), "").await;
        pages.push(self.get(&mut one, &path).await);
        pages
    }

    /// The page of each refusal.
    async fn refusals(&self) -> Vec<(String, String)> {
        let uri = format!("/?lang={}", self.tag);
        let (parts, ()) = Request::builder()
            .method(Method::GET)
            .uri(uri)
            .body(())
            .unwrap()
            .into_parts();
        let visit = Visit::of(&parts);
        let mut pages = Vec::new();
        for refusal in Refusal::ALL {
            let page = refused::show(&self.app.state, &visit, refusal.into(), "/").await;
            let body = to_bytes(page.into_body(), usize::MAX).await.unwrap();
            pages.push((
                refusal.code().to_owned(),
                String::from_utf8(body.to_vec()).unwrap(),
            ));
        }
        pages
    }
}

fn lead(new: &mut NewLink) {
    new.return_url = Some("https://example.com/back".parse().unwrap());
    new.channel = Channel::Cli;
}

#[tokio::test]
async fn every_page_and_mail_says_what_its_languages_file_says_and_nothing_else() {
    let app = app().await;
    let silent = App::start_with(|config| COMPANY.clone_into(&mut config.portal.name)).await;
    let all = Catalog::all();
    for catalog in &all {
        let mut listener = Listener::new(catalog, &all);
        let reader = Reader {
            app: &app,
            tag: &catalog.tag,
        };
        let mut pages = reader.doors().await;
        pages.extend(reader.outcomes().await);
        pages.extend(reader.journeys().await);
        pages.extend(reader.refusals().await);
        let closed = Reader {
            app: &silent,
            tag: &catalog.tag,
        };
        pages.push(closed.get(&mut silent.browser(), "/recover").await);
        for (place, html) in pages {
            listener.page(&place, &html);
        }
        write(&app, &mut listener);
        let unheard: Vec<_> = catalog
            .messages()
            .map(|(key, _)| key)
            .filter(|key| !listener.heard.contains(*key))
            .collect();
        // The code of Persona's language is for the flow, and no word.
        assert_eq!(unheard, ["persona-language"], "{}", catalog.tag);
    }
}

/// Every mail and short message.
fn write(app: &App, listener: &mut Listener<'_>) {
    let head = Letterhead::of(&app.state.config.portal);
    let words = Words::of(&listener.catalog.tag).unwrap();
    let url: Url = "https://verify.example.com/r/token".parse().unwrap();
    let now = app.state.clock.now_ms();
    for kind in [
        MessageKind::Link,
        MessageKind::Reminder,
        MessageKind::Recovery,
    ] {
        for hours in [1, 2, 3, 11, 30, 48, 72, 168, 720] {
            let end = now + hours * HOUR;
            listener.letter(&head.letter(kind, &words, &url, Term { now, end }), &url);
        }
        let short = head.short(kind, &words, &url);
        let text = short.strip_suffix(url.as_str()).unwrap().trim_end();
        listener.text("short message", text);
    }
}

#[test]
fn no_language_repeats_the_english_text() {
    let english = Catalog::of("en");
    let fill = |name: &str| format!("<{name}>");
    for catalog in Catalog::all().iter().filter(|catalog| catalog.tag != "en") {
        for (key, message) in catalog.messages() {
            let english = english.message(key);
            let same = message.forms.iter().find(|(_, form)| {
                let text = form.filled(fill);
                english
                    .forms
                    .iter()
                    .any(|(_, form)| form.filled(fill) == text)
            });
            assert!(same.is_none(), "{}: {key} is still English", catalog.tag);
        }
    }
}

#[test]
fn each_language_names_one_that_persona_speaks() {
    // https://docs.withpersona.com/languages
    let spoken = "ar-EG az bg bn cs cy da de el-GR en-US es-MX fi fr he hi hr hu hy id-ID it ja ko-KR lt ms nl-NL no pl \
                  pt-BR ro ru sk sr sv ta th tl tr-TR uk-UA vi zh-CN zh-TW";
    let spoken: BTreeSet<_> = spoken.split(' ').collect();
    for words in Words::all() {
        let code = words.say("persona-language");
        assert!(spoken.contains(&*code), "{}: {code}", words.tag());
        let language = |tag: &str| tag.split('-').next().unwrap().to_owned();
        assert_eq!(language(&code), language(&words.tag()));
    }
}
