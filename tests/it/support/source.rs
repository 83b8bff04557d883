//! The project's own source, as tokens: comments are gone, macros are not expanded.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One file below `src/`.
pub(crate) struct Source {
    /// Its path below `src/`.
    pub(crate) path: PathBuf,
    /// Its tokens in a row.
    pub(crate) tokens: Vec<Token>,
}

/// A token; groups are flattened.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Ident(String),
    Punct(char),
    Text(String),
    Number,
    Open(char),
    Close(char),
}

impl Source {
    /// Every file below `src/`.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut paths = Vec::new();
        collect(&root, &mut paths);
        let read = |path: PathBuf| {
            let text = fs::read_to_string(&path).unwrap();
            let mut tokens = Vec::new();
            flatten(text.parse().unwrap(), &mut tokens);
            Self {
                path: path.strip_prefix(&root).unwrap().to_owned(),
                tokens,
            }
        };
        paths.into_iter().map(read).collect()
    }

    /// The top-level module that the file belongs to.
    pub(crate) fn module(&self) -> String {
        let first = self.path.components().next().unwrap();
        let name = first.as_os_str().to_str().unwrap();
        name.trim_end_matches(".rs").to_owned()
    }
}

impl Token {
    /// Whether it is this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Ident(ident) if ident == name)
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        match tree {
            TokenTree::Ident(ident) => tokens.push(Token::Ident(ident.to_string())),
            TokenTree::Punct(punct) => tokens.push(Token::Punct(punct.as_char())),
            TokenTree::Literal(literal) => tokens.push(literal_token(&literal.to_string())),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => (' ', ' '),
                };
                tokens.push(Token::Open(open));
                flatten(group.stream(), tokens);
                tokens.push(Token::Close(close));
            }
        }
    }
}

fn literal_token(literal: &str) -> Token {
    let text = literal.strip_prefix('"').and_then(|l| l.strip_suffix('"'));
    text.map_or(Token::Number, |text| Token::Text(text.to_owned()))
}
