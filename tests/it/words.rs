//! Words: every language says everything, nothing is said that nobody reads, and no page speaks by itself.

use std::collections::{BTreeMap, BTreeSet};

use leftoff::{
    inquiries::Phase,
    model::{refusal::Refusal, trouble::Trouble},
};
use persona::InquiryStatus;

use crate::support::{Catalog, Source, Token};

/// The arguments of each message of one language.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn languages() -> BTreeMap<String, Messages> {
    let messages = |catalog: &Catalog| {
        let messages = catalog.messages();
        messages
            .map(|(key, message)| (key.to_owned(), message.arguments()))
            .collect()
    };
    let languages = Catalog::all();
    languages
        .iter()
        .map(|catalog| (catalog.tag.clone(), messages(catalog)))
        .collect()
}

#[test]
fn every_language_says_the_same_things_with_the_same_arguments() {
    let languages = languages();
    assert!(languages.len() >= 12);
    let english = &languages["en"];
    for (language, messages) in &languages {
        let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(messages), keys(english), "{language}");
        assert_eq!(messages, english, "{language}");
    }
}

#[test]
fn what_is_said_exists_and_what_exists_is_said() {
    let mut said = built_keys();
    said.extend(keys_in_calls());
    let exist: BTreeSet<_> = languages()["en"].keys().cloned().collect();
    let missing: Vec<_> = said.difference(&exist).collect();
    assert!(missing.is_empty(), "not in en.ftl: {missing:?}");
    let literals = literals();
    let unread: Vec<_> = exist
        .difference(&said)
        .filter(|key| !literals.contains(*key))
        .collect();
    assert!(unread.is_empty(), "in en.ftl and never said: {unread:?}");
}

/// Keys that are put together from the code of a refusal, an outcome or a stage.
fn built_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::from(["unfinished-title".to_owned(), "unfinished-text".to_owned()]);
    for refusal in Refusal::ALL {
        keys.extend(["title", "text", "next"].map(|part| format!("{}-{part}", refusal.code())));
    }
    let statuses = [
        "created",
        "pending",
        "expired",
        "completed",
        "needs_review",
        "approved",
        "declined",
        "failed",
    ];
    let phases = statuses.map(|status| Phase::of(&InquiryStatus::from(status), false));
    let redacted = Phase::of(&InquiryStatus::from("completed"), true);
    for phase in phases
        .into_iter()
        .chain([redacted])
        .filter(|phase| phase.is_settled())
    {
        keys.extend(["title", "text"].map(|part| format!("{}-{part}", phase.code())));
    }
    let stages = ["working", "loading", "checking", "waiting", "offline"].into_iter();
    let stages = stages.chain(Trouble::ALL.map(Trouble::code));
    let refusals = Refusal::ALL
        .into_iter()
        .filter(|refusal| refusal.stays_on_page());
    keys.extend(
        stages
            .chain(refusals.map(Refusal::code))
            .map(|code| format!("stage-{code}")),
    );
    keys
}

/// The keys of calls such as `words.say("continue")`; what commands say is English.
fn keys_in_calls() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for source in Source::all()
        .into_iter()
        .filter(|source| source.module() != "cli")
    {
        for tokens in source.tokens.windows(3) {
            if let [call, Token::Open('('), Token::Text(key)] = tokens
                && (call.is("say") || call.is("say_with") || call.is("say_with_all"))
            {
                keys.insert(key.clone());
            }
        }
    }
    assert!(keys.len() > 20);
    keys
}

/// Every text between quotes in the source, for keys that are passed along before they are said.
fn literals() -> BTreeSet<String> {
    let tokens = Source::all().into_iter().flat_map(|source| source.tokens);
    tokens
        .filter_map(|token| match token {
            Token::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

#[test]
fn no_page_of_the_portal_has_words_of_its_own() {
    let mut views = 0;
    // The pages of the staff and of developers are in English; the portal's are in every language.
    for source in Source::all()
        .iter()
        .filter(|source| !["api", "ops"].contains(&source.module().as_str()))
    {
        for (at, token) in source.tokens.iter().enumerate() {
            if token.is("view") && source.tokens.get(at + 1) == Some(&Token::Punct('!')) {
                views += 1;
                let own = own_words(&source.tokens[at + 2..]);
                assert!(own.is_empty(), "{}: {own:?}", source.path.display());
            }
        }
    }
    assert!(views > 10);
}

/// Texts with letters that a view shows: text nodes, and attributes that are read aloud.
fn own_words(view: &[Token]) -> Vec<&str> {
    const READ: [&str; 4] = ["label", "alt", "title", "placeholder"];
    let mut depth = 0;
    let mut own = Vec::new();
    for (at, token) in view.iter().enumerate() {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth -= 1,
            Token::Text(text) if depth == 1 && text.chars().any(char::is_alphabetic) => {
                let is_value = view[at - 1] == Token::Punct('=');
                if !is_value || READ.iter().any(|name| view[at - 2].is(name)) {
                    own.push(text.as_str());
                }
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    own
}
