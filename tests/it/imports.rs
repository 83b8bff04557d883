//! Imports run one way: a module uses only what lies below it.

use std::collections::BTreeSet;

use crate::support::{Source, Token};

/// The modules from the outside in. One may use those of later rows, not those of its own row or of earlier ones.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["doctor"],
    &["http"],
    &["api"],
    &["ops", "portal"],
    &["app"],
    &["ui"],
    &["visit"],
    &["state"],
    &["policy", "recover", "sweep"],
    &["bulk", "deliver", "keys", "notify", "webhooks"],
    &["evidence", "inquiries"],
    &["links", "limits", "assets", "mirror", "replay", "staff"],
    &[
        "audit",
        "live",
        "telemetry",
        "device",
        "brand",
        "worker",
        "budget",
        "mail",
        "oidc",
    ],
    &["failure"],
    &[
        "store", "words", "clock", "news", "secret", "password", "totp", "seal", "id", "quiet",
    ],
    &["config", "meter"],
    &["colour"],
    &["flow"],
    &["model", "paths"],
];

/// Crates that only some modules may speak to.
const CRATES: &[(&str, &[&str])] = &[
    (
        "axum",
        &[
            "api", "app", "cli", "device", "http", "ops", "portal", "state", "visit",
        ],
    ),
    ("chrono", &["oidc"]),
    ("leptos_axum", &["app", "portal"]),
    ("openidconnect", &["config", "oidc"]),
    (
        "persona",
        &[
            "api",
            "budget",
            "cli",
            "doctor",
            "failure",
            "inquiries",
            "live",
            "bulk",
            "mirror",
            "notify",
            "policy",
            "recover",
            "state",
            "sweep",
            "webhooks",
        ],
    ),
    ("ipnet", &["cli", "config", "deliver"]),
    ("maud", &["cli", "mail"]),
    ("metrics", &["meter"]),
    ("metrics_exporter_prometheus", &["meter"]),
    ("opentelemetry_otlp", &["telemetry"]),
    (
        "reqwest",
        &["deliver", "doctor", "notify", "oidc", "telemetry"],
    ),
    ("lettre", &["config", "mail"]),
    ("pulldown_cmark", &["api"]),
    ("standardwebhooks", &["config", "deliver", "notify"]),
    ("simulator", &["cli"]),
    ("rusqlite", &["store"]),
    ("utoipa", &["api"]),
    ("utoipa_axum", &["api"]),
    ("web_sys", &["flow"]),
];

fn layer(module: &str) -> usize {
    let found = LAYERS.iter().position(|layer| layer.contains(&module));
    found.unwrap_or_else(|| panic!("src/{module} has no layer in tests/it/imports.rs"))
}

/// The table of contents names every module and belongs to none.
fn modules() -> impl Iterator<Item = Source> {
    let sources = Source::all().into_iter();
    sources.filter(|source| source.module() != "lib")
}

#[test]
fn imports_run_downwards() {
    let mut wrong = BTreeSet::new();
    for source in modules() {
        let from = source.module();
        for to in imports(&source.tokens) {
            if to != from && layer(&to) <= layer(&from) {
                wrong.insert(format!("{} uses crate::{to}", source.path.display()));
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn every_layer_exists() {
    let modules: Vec<_> = modules().collect();
    let names: BTreeSet<_> = modules.iter().map(Source::module).collect();
    let layered = LAYERS.iter().flat_map(|layer| layer.iter());
    assert_eq!(names, layered.map(|name| (*name).to_owned()).collect());
}

#[test]
fn each_outside_crate_is_spoken_to_in_few_places() {
    let mut wrong = BTreeSet::new();
    for source in modules() {
        let from = source.module();
        for (name, allowed) in CRATES {
            if !allowed.contains(&&*from) && names_crate(&source.tokens, name) {
                wrong.insert(format!("{} uses {name}", source.path.display()));
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn no_module_climbs_past_its_parent() {
    for source in modules() {
        let climbs = source.tokens.windows(4).any(|tokens| {
            tokens[0].is("super") && path_separator(&tokens[1..]) && tokens[3].is("super")
        });
        assert!(!climbs, "{} uses super::super", source.path.display());
    }
}

/// The top-level modules that tokens name by `crate::…`.
fn imports(tokens: &[Token]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let rest = &tokens[at + 1..];
        if token.is("crate") && path_separator(rest) {
            first_names(&rest[2..], &mut found);
        }
    }
    found
}

/// The first name of a path, or of each path in a group.
fn first_names(tokens: &[Token], found: &mut BTreeSet<String>) {
    let mut depth = 0;
    let mut is_first = true;
    for token in tokens {
        match token {
            Token::Ident(name) if is_first => {
                found.insert(name.clone());
                is_first = false;
            }
            Token::Open('{') => depth += 1,
            Token::Close('}') => depth -= 1,
            Token::Punct(',') => is_first = depth == 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

/// Whether a path begins with this crate.
fn names_crate(tokens: &[Token], name: &str) -> bool {
    (0..tokens.len()).any(|at| {
        let is_root = at == 0 || tokens[at - 1] != Token::Punct(':');
        tokens[at].is(name) && is_root && path_separator(&tokens[at + 1..])
    })
}

fn path_separator(tokens: &[Token]) -> bool {
    tokens.starts_with(&[Token::Punct(':'), Token::Punct(':')])
}
