//! What is written to the person, in their language: as plain text, as HTML, and in short for a telephone.

use jiff::tz::TimeZone;
use maud::{DOCTYPE, html};
use url::Url;

use crate::{
    colour::Colour,
    config::Portal,
    model::message::MessageKind,
    words::{Arg, Value, Words},
};

/// What every letter of the company has in common.
#[derive(Clone, Debug)]
pub struct Letterhead {
    company: String,
    accent: String,
    zone: TimeZone,
}

/// How long a link is good for; in ms since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// When it is told.
    pub now: i64,
    /// When the link ends.
    pub end: i64,
}

impl Term {
    /// Whole hours, one at least.
    fn hours(self) -> u32 {
        const HOUR: i64 = 3_600_000;
        let hours = (self.end - self.now + HOUR / 2) / HOUR;
        u32::try_from(hours).unwrap_or(0).max(1)
    }
}

/// A mail's subject, text, and the same as HTML.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The text; it holds the link, which is a secret.
    pub text: String,
    /// The same text to look at, without anything that is fetched from elsewhere.
    pub html: String,
    /// The language, as a BCP 47 tag.
    pub language: String,
}

impl Letterhead {
    /// The company's own.
    #[must_use]
    pub fn of(portal: &Portal) -> Self {
        Self {
            company: portal.name.clone(),
            accent: portal.accent.clone(),
            zone: portal.zone(),
        }
    }

    /// The letter that brings somebody a link which is good for so long.
    #[must_use]
    pub fn letter(&self, kind: MessageKind, words: &Words, url: &Url, term: Term) -> Letter {
        let company = self.argument();
        let (subject, text) = match kind {
            MessageKind::Link => ("mail-subject", "mail-text"),
            MessageKind::Reminder => ("reminder-subject", "reminder-text"),
            MessageKind::Recovery => ("recovery-subject", "recovery-text"),
        };
        let page = Page {
            subject: words.say_with(subject, &company),
            text: words.say_with(text, &company),
            url: url.as_str(),
            until: self.until(words, term),
            safety: words.say_with("mail-safety", &company),
        };
        Letter {
            text: page.plain(),
            html: page.html(self, words),
            language: words.tag(),
            subject: page.subject,
        }
    }

    /// The few words that a telephone shows, with the link behind.
    #[must_use]
    pub fn short(&self, kind: MessageKind, words: &Words, url: &Url) -> String {
        let key = match kind {
            MessageKind::Link => "sms-text",
            MessageKind::Reminder => "sms-reminder",
            MessageKind::Recovery => "sms-recovery",
        };
        format!("{} {url}", words.say_with(key, &self.argument()))
    }

    fn until(&self, words: &Words, term: Term) -> String {
        let until = ("until", Value::Text(words.time(term.end, &self.zone)));
        let hours = term.hours();
        if hours < 48 {
            words.say_with_all("mail-hours", &[("hours", Value::Number(hours)), until])
        } else {
            words.say_with_all("mail-days", &[("days", Value::Number(hours / 24)), until])
        }
    }

    fn argument(&self) -> Arg {
        ("company", Value::Text(self.company.clone()))
    }
}

/// The parts of a letter.
struct Page<'a> {
    subject: String,
    text: String,
    url: &'a str,
    until: String,
    safety: String,
}

impl Page<'_> {
    fn plain(&self) -> String {
        let paragraphs = [&self.text, self.url, &self.until, &self.safety];
        paragraphs.join("\n\n") + "\n"
    }

    /// Mail programs know no style sheet, so each element carries its own style. The colours are those of the reader except
    /// for the button.
    fn html(&self, head: &Letterhead, words: &Words) -> String {
        let (language, direction) = (words.tag(), words.direction());
        let ink = Colour::parse(&head.accent).unwrap_or(Colour::BLACK).ink();
        let button = format!(
            "display:inline-block;padding:12px 20px;border-radius:8px;font-weight:600;text-decoration:none;\
             background:{};color:{ink}",
            head.accent
        );
        html! {
            (DOCTYPE)
            html lang=(language) dir=(direction) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.subject) }
                }
                body style="margin:0" {
                    // Some mail programs throw the element `html` away, and its language with it.
                    div lang=(language) dir=(direction)
                        style="max-width:560px;margin:0 auto;padding:24px 16px;font:16px/1.5 system-ui,sans-serif" {
                        p style="margin:0 0 8px;font-weight:600" { (head.company) }
                        h1 style="margin:0 0 16px;font-size:22px;line-height:1.3" { (self.subject) }
                        p { (self.text) }
                        p { a href=(self.url) style=(button) { (words.say("continue")) } }
                        p dir="ltr" style="font-size:14px;overflow-wrap:anywhere" {
                            a href=(self.url) { (self.url) }
                        }
                        p { (self.until) }
                        p { (self.safety) }
                    }
                }
            }
        }
        .into_string()
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(…)")
    }
}
