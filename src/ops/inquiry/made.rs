//! The page of a link that was just made: the only one that shows its URL.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use url::Url;

use super::{
    page::{self, Page},
    refused::Failed,
    time::Reader,
};
use crate::{
    failure::Failure,
    links::factor::Factor,
    mail::{Letter, Letterhead, Recipient, Term},
    model::{message::MessageKind, refusal::Refusal, role::Act},
    paths,
    secret::Secret,
    staff::Signed,
    state::AppState,
    store::links::LinkRow,
    ui::qr,
    words::Words,
};

/// A link with its URL, and the mail that would bring it.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) link: LinkRow,
    token: Secret,
    url: Url,
    /// The inquiry's version, for the mail's own form.
    version: i64,
    /// The mail, when it was asked for.
    preview: Option<Preview>,
    /// What stands in the way.
    problem: Option<(StatusCode, String)>,
}

/// A mail before it is sent.
#[derive(Clone)]
struct Preview {
    to: Recipient,
    letter: Letter,
}

impl Made {
    /// The page of a link whose token is at hand.
    pub(super) async fn of(
        state: &AppState,
        link: LinkRow,
        token: &Secret,
    ) -> Result<Self, Failed> {
        let path = paths::link(token.expose());
        let url = state.config.server.public_url.join(&path);
        let inquiry = state.store.inquiry(&link.inquiry_id).await?;
        Ok(Self {
            url: url.map_err(|_| Failure::from(Refusal::Internal))?,
            version: inquiry.map_or(0, |inquiry| inquiry.version),
            token: token.clone(),
            link,
            preview: None,
            problem: None,
        })
    }

    /// The same, with the inquiry as it stands now.
    pub(super) async fn renewed(self, state: &AppState) -> Result<Self, Failed> {
        Self::of(state, self.link, &self.token).await
    }

    /// With the mail before it is sent.
    pub(super) fn with_preview(self, to: Recipient, letter: Letter) -> Self {
        let preview = Some(Preview { to, letter });
        Self { preview, ..self }
    }

    /// With what stands in the way.
    pub(super) fn with_problem(self, status: StatusCode, text: impl Into<String>) -> Self {
        let problem = Some((status, text.into()));
        Self { problem, ..self }
    }

    /// The letter that brings this link.
    pub(super) fn letter(&self, state: &AppState) -> Letter {
        let term = Term {
            now: state.clock.now_ms(),
            end: self.link.expires_at,
        };
        let head = Letterhead::of(&state.config.portal);
        head.letter(MessageKind::Link, &self.words(), &self.url, term)
    }

    /// What the mail is known by: a second one of the same page is the same mail.
    pub(super) fn message_id(&self) -> String {
        format!("{}.{}", self.link.id, self.version)
    }

    /// The language that the link was made for.
    fn words(&self) -> Words {
        Words::negotiate(None, self.link.locale.as_deref(), None)
    }

    pub(super) async fn page(self, state: &AppState, signed: &Signed) -> Result<Response, Failed> {
        let page = Page {
            title: "The link is made".to_owned(),
            status: self
                .problem
                .as_ref()
                .map_or(StatusCode::OK, |(status, _)| *status),
            section: paths::OPS,
            ..Page::default()
        };
        let may_mail = state.mail.is_some() && signed.may(Act::Mail);
        let from = state.mail.as_ref().map(crate::mail::Mailer::from);
        let reader = Reader::of(state, signed);
        let body = move || self.view(&reader, may_mail, from.clone());
        Ok(page::render(state, Some(signed), page, body).await)
    }

    fn view(&self, reader: &Reader, may_mail: bool, from: Option<String>) -> AnyView {
        let problem = self.problem.clone();
        let problem = problem.map(|(_, text)| view! { <p class="alert" role="alert">{text}</p> });
        let mail = match &self.preview {
            Some(preview) => self.preview(preview, from).into_any(),
            None if may_mail => self.ask_preview().into_any(),
            None => ().into_any(),
        };
        view! {
            <section class="made">
                <h1>"The link is made"</h1>
                {problem}
                <p>
                    <strong>"It is shown only now."</strong>
                    " Leftoff keeps no copy of it. Give it to nobody but the person."
                </p>
                <p class="field">
                    <label for="link-url">"Link"</label>
                    <span class="row">
                        <input id="link-url" class="id" readonly value=self.url.to_string() />
                        <button class="main" type="button" data-copy="link-url" data-copied="Copied">
                            "Copy link"
                        </button>
                    </span>
                </p>
                {self.facts(reader)}
                {mail}
                <details class="code">
                    <summary>"QR code"</summary>
                    <div class="qr" role="img" aria-label="QR code of the link" inner_html=qr::draw(self.url.as_str())></div>
                </details>
                <p><a href=paths::inquiry(&self.link.inquiry_id)>"Back to the inquiry"</a></p>
            </section>
        }
        .into_any()
    }

    fn facts(&self, reader: &Reader) -> impl IntoView + use<> {
        let factor = match Factor::of(&self.link.factor) {
            Factor::None => "Nothing",
            Factor::Birthdate => "Date of birth",
        };
        let language = self.link.locale.as_ref().map_or_else(
            || "The browser's".to_owned(),
            |_| self.words().say("language-name"),
        );
        view! {
            <dl class="facts">
                <div><dt>"Inquiry"</dt><dd class="id">{self.link.inquiry_id.clone()}</dd></div>
                <div><dt>"Good until"</dt><dd>{reader.exact(self.link.expires_at)}</dd></div>
                <div><dt>"A new device must prove"</dt><dd>{factor}</dd></div>
                <div><dt>"Language"</dt><dd>{language}</dd></div>
            </dl>
        }
    }

    fn ask_preview(&self) -> impl IntoView + use<> {
        view! {
            <form method="post" action=paths::of_link(paths::PREVIEW_MAIL, &self.link.id)>
                {self.hidden()}
                <button type="submit">"Send by e-mail…"</button>
            </form>
        }
    }

    fn preview(&self, preview: &Preview, from: Option<String>) -> impl IntoView + use<> {
        let words = self.words();
        view! {
            <form
                class="letter"
                method="post"
                action=paths::of_link(paths::MAIL_LINK, &self.link.id)
            >
                <h2>"The mail"</h2>
                <dl class="facts">
                    <div><dt>"From"</dt><dd>{from}</dd></div>
                    <div><dt>"To"</dt><dd>{preview.to.masked()}</dd></div>
                    <div><dt>"Subject"</dt><dd>{preview.letter.subject.clone()}</dd></div>
                </dl>
                <pre lang=words.tag() dir=words.direction()>{preview.letter.text.clone()}</pre>
                {self.hidden()}
                <button class="main" type="submit">"Send the mail"</button>
            </form>
        }
    }

    /// The token goes from page to page with the forms, because it is nowhere else.
    fn hidden(&self) -> impl IntoView + use<> {
        view! {
            <input type="hidden" name="token" value=self.token.expose().to_owned() />
            <input type="hidden" name="version" value=self.version />
        }
    }
}
