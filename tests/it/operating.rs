//! What `docs/operating.md` lists is what there is.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{Source, Token, documented};

/// The fields of each struct of a file, by its name.
fn structs(source: &Source) -> Vec<(String, Vec<(String, String)>)> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let [Token::Ident(word), Token::Ident(name), Token::Open('{'), ..] = &tokens[at..] else {
            continue;
        };
        if word == "struct" {
            found.push((name.clone(), fields(&tokens[at + 3..])));
        }
    }
    found
}

/// Name and type of each field: `pub name: Type` at the depth of the struct itself.
fn fields(tokens: &[Token]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close('}') if depth == 0 => break,
            Token::Close(_) => depth -= 1,
            Token::Ident(word) if word == "pub" && depth == 0 => {
                let [Token::Ident(name), Token::Punct(':'), rest @ ..] = &tokens[at + 1..] else {
                    continue;
                };
                let kind = rest.iter().take_while(|token| **token != Token::Punct(','));
                let kind = kind.filter_map(|token| match token {
                    Token::Ident(name) => Some(name.clone()),
                    _ => None,
                });
                fields.push((name.clone(), kind.last().unwrap_or_default()));
            }
            _ => {}
        }
    }
    fields
}

/// Every setting as `section.key`, from the structs that hold them. The section of the framework is not ours.
fn settings() -> BTreeSet<String> {
    let sources = Source::all();
    let file = |name: &str| {
        let mut found = sources.iter();
        found.find(|source| source.path == Path::new(name)).unwrap()
    };
    let sections = sources.iter();
    let sections = sections.filter(|source| source.path.starts_with("config/sections"));
    let sections: Vec<_> = sections.flat_map(structs).collect();
    let config = structs(file("config/mod.rs"));
    let (_, config) = config.iter().find(|(name, _)| name == "Config").unwrap();
    let mut keys = BTreeSet::new();
    for (section, kind) in config {
        let Some((_, fields)) = sections.iter().find(|(name, _)| name == kind) else {
            assert_eq!(section, "leptos", "{kind} is no section");
            continue;
        };
        keys.extend(fields.iter().map(|(key, _)| format!("{section}.{key}")));
    }
    keys
}

#[test]
fn every_setting_is_documented_and_every_documented_setting_exists() {
    let settings = settings();
    assert!(settings.contains("server.public_url") && settings.len() > 40);
    assert_eq!(documented("## Settings"), settings);
}

#[test]
fn every_setting_is_in_the_settings_file_at_least_as_a_comment() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Leptos.toml");
    let text = fs::read_to_string(path).unwrap();
    for setting in settings() {
        let (section, key) = setting.split_once('.').unwrap();
        let heading = [format!("\n[{section}]\n"), format!("\n# [{section}]\n")];
        let heading = heading.iter().find_map(|heading| text.find(heading));
        let heading = heading.expect(&setting);
        let rest = &text[heading + 1..];
        let rest = &rest[..rest.find("\n[").unwrap_or(rest.len())];
        let is_there = rest.lines().any(|line| {
            let line = line.trim_start_matches(['#', ' ']);
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with([' ', '=']))
        });
        assert!(is_there, "{setting}");
    }
}

#[test]
fn the_unit_and_the_container_file_start_what_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let unit = fs::read_to_string(root.join("deploy/leftoff.service")).unwrap();
    let container = fs::read_to_string(root.join("Containerfile")).unwrap();
    for part in [
        "ExecStart=/opt/leftoff/leftoff serve",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
    ] {
        assert!(unit.contains(part), "{part}");
    }
    for part in ["USER ", "HEALTHCHECK", "\"serve\""] {
        assert!(container.contains(part), "{part}");
    }
}
