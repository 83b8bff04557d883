//! The reference of the commands in `docs/cli.md` is what the program says.
//!
//! `LEFTOFF_WRITE_DOCS=1 cargo test --test it reference::` writes it anew.

use std::{env, fmt::Write as _, fs, path::Path};

use clap::Command;

use crate::support::Program;

/// What stands above is written by hand.
const MARK: &str = "<!-- From here on: what each command says of itself. A test keeps it so. -->\n";

/// Each command that does something, with all the words that lead to it.
fn commands(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
    let path = format!("{path}{}", command.get_name());
    let children: Vec<_> = command
        .get_subcommands()
        .filter(|child| child.get_name() != "help")
        .collect();
    if children.is_empty() {
        found.push((path.clone(), command.clone()));
    }
    for child in children {
        commands(child, &format!("{path} "), found);
    }
}

fn all() -> Vec<(String, Command)> {
    let mut program = leftoff::cli::reference();
    program.build();
    let mut found = Vec::new();
    commands(&program, "", &mut found);
    found
}

fn reference() -> String {
    let mut text = MARK.to_owned();
    for (path, mut command) in all() {
        let help = command.render_long_help().to_string();
        let lines: Vec<_> = help.lines().map(str::trim_end).collect();
        let help = lines.join("\n");
        write!(text, "\n## `{path}`\n\n```text\n{}\n```\n", help.trim_end()).unwrap();
    }
    text
}

#[test]
fn the_reference_is_what_the_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let text = fs::read_to_string(&path).unwrap();
    let (by_hand, _) = text.split_once(MARK).expect("the mark in docs/cli.md");
    let current = format!("{by_hand}{}", reference());
    if env::var_os("LEFTOFF_WRITE_DOCS").is_some() {
        fs::write(&path, &current).unwrap();
    }
    assert!(
        text == current || env::var_os("LEFTOFF_WRITE_DOCS").is_some(),
        "docs/cli.md is old: run LEFTOFF_WRITE_DOCS=1 cargo test --test it reference::"
    );
}

#[tokio::test]
async fn every_command_helps_on_standard_output_and_is_known() {
    let program = Program::new();
    for (path, _) in all() {
        let words: Vec<_> = path.split(' ').skip(1).chain(["--help"]).collect();
        let ended = program.run(&words).await;
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{path}");
        assert!(
            ended.stdout.contains(&format!("Usage: {path}")),
            "{path}: {}",
            ended.stdout
        );
    }
    let ended = program.run(&["lnik"]).await;
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
}
