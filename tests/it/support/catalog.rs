//! The words of one language, as its file says them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser,
};

/// Every message of a language, by key.
pub(crate) struct Catalog {
    /// The language's tag.
    pub(crate) tag: String,
    messages: BTreeMap<String, Message>,
}

/// What one key says.
pub(crate) struct Message {
    /// The forms by plural category; one without a category where no number chooses.
    pub(crate) forms: Vec<(String, Form)>,
}

/// A text with places for arguments.
pub(crate) struct Form(Vec<Piece>);

/// A part of a form.
pub(crate) enum Piece {
    /// As it stands.
    Text(String),
    /// The value of an argument.
    Argument(String),
}

impl Catalog {
    /// Every language, by tag.
    pub(crate) fn all() -> Vec<Self> {
        let folder = format!("{}/locales", env!("CARGO_MANIFEST_DIR"));
        let files = fs::read_dir(folder).unwrap();
        let mut all: Vec<_> = files
            .map(|file| Self::read(&file.unwrap().path()))
            .collect();
        all.sort_by(|one, other| one.tag.cmp(&other.tag));
        all
    }

    /// One language.
    pub(crate) fn of(tag: &str) -> Self {
        let found = Self::all().into_iter().find(|catalog| catalog.tag == tag);
        found.unwrap_or_else(|| panic!("there is no file for {tag}"))
    }

    fn read(path: &Path) -> Self {
        let tag = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(path).unwrap();
        let mut messages = BTreeMap::new();
        for entry in parser::parse(&*text).unwrap().body {
            if let Entry::Message(message) = entry {
                let (key, value) = (message.id.name.to_owned(), message.value.unwrap());
                let earlier = messages.insert(key, Message::of(&value));
                assert!(earlier.is_none(), "{tag}: {} stands twice", message.id.name);
            }
        }
        Self { tag, messages }
    }

    /// The messages by key.
    pub(crate) fn messages(&self) -> impl Iterator<Item = (&str, &Message)> {
        let messages = self.messages.iter();
        messages.map(|(key, message)| (key.as_str(), message))
    }

    /// What a key says.
    pub(crate) fn message(&self, key: &str) -> &Message {
        &self.messages[key]
    }

    /// The keys that say this, with whatever arguments.
    pub(crate) fn keys_of(&self, said: &str) -> Vec<&str> {
        let saying = self.messages().filter(|(_, message)| message.says(said));
        saying.map(|(key, _)| key).collect()
    }
}

impl Message {
    fn of(pattern: &Pattern<&str>) -> Self {
        let [
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            },
        ] = pattern.elements.as_slice()
        else {
            let forms = vec![(String::new(), Form::of(pattern))];
            return Self { forms };
        };
        let InlineExpression::VariableReference { id } = selector else {
            panic!("a plural category chooses the form");
        };
        assert_eq!(id.name, "plural");
        let forms = variants.iter().map(|variant| {
            let VariantKey::Identifier { name } = variant.key else {
                panic!("a form is for a category, not for a number");
            };
            (name.to_owned(), Form::of(&variant.value))
        });
        Self {
            forms: forms.collect(),
        }
    }

    /// The arguments of all forms.
    pub(crate) fn arguments(&self) -> BTreeSet<String> {
        let forms = self.forms.iter().flat_map(|(_, form)| form.arguments());
        forms.map(str::to_owned).collect()
    }

    /// Whether a number chooses the form.
    pub(crate) fn counts(&self) -> bool {
        self.forms.iter().any(|(category, _)| !category.is_empty())
    }

    fn says(&self, said: &str) -> bool {
        self.forms.iter().any(|(_, form)| form.says(said))
    }
}

impl Form {
    fn of(pattern: &Pattern<&str>) -> Self {
        let piece = |element: &PatternElement<&str>| match element {
            PatternElement::TextElement { value } => Piece::Text((*value).to_owned()),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => Piece::Argument(id.name.to_owned()),
            other @ PatternElement::Placeable { .. } => {
                panic!("a placeable that no test knows: {other:?}")
            }
        };
        Self(pattern.elements.iter().map(piece).collect())
    }

    /// The names of its arguments.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Argument(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The text, with each argument put in by `fill`.
    pub(crate) fn filled(&self, fill: impl Fn(&str) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Argument(name) => fill(name),
        };
        self.0.iter().map(piece).collect()
    }

    /// Whether this is a text of the form, whatever its arguments are.
    fn says(&self, said: &str) -> bool {
        is_said(&self.0, said)
    }
}

fn is_said(pieces: &[Piece], said: &str) -> bool {
    match pieces.split_first() {
        None => said.is_empty(),
        Some((Piece::Text(text), more)) => {
            let rest = said.strip_prefix(text.as_str());
            rest.is_some_and(|rest| is_said(more, rest))
        }
        Some((Piece::Argument(_), more)) => {
            let mut ends = said.char_indices().map(|(at, _)| at).chain([said.len()]);
            ends.any(|at| is_said(more, &said[at..]))
        }
    }
}
