//! Inputs near to what is right: a good one with some changes, as a mistake, a broken client or an attacker would make them.

use proptest::{prelude::*, sample::Index};

/// What means something to one reader or another.
const WORDS: &[&str] = &[
    "",
    "\0",
    "\r\n",
    "%00",
    "%",
    "%ff",
    "..",
    "/",
    "//",
    "\\",
    "?",
    "&",
    "=",
    ";",
    ",",
    " ",
    "\"",
    "'",
    "<script>",
    "{",
    "}",
    "[",
    "]",
    "null",
    "true",
    "-1",
    "0",
    "9223372036854775808",
    "1e999",
    "NaN",
    "t=",
    "v1=",
    "inq_",
    "é",
    "\u{202e}",
    "\u{feff}",
    "𝕏",
    "__Host-",
    "page[after]=",
    "$1",
    "' or 1=1 --",
];

/// One change.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Word(Index, &'static str),
    Cut(Index, Index),
    Repeat(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        (at(), prop::collection::vec(any::<u8>(), 1..9))
            .prop_map(|(at, new)| Change::Insert(at, new)),
        (at(), prop::sample::select(WORDS)).prop_map(|(at, word)| Change::Word(at, word)),
        (at(), at()).prop_map(|(one, other)| Change::Cut(one, other)),
        (at(), at()).prop_map(|(one, other)| Change::Repeat(one, other)),
    ]
}

impl Change {
    fn make(&self, bytes: &mut Vec<u8>) {
        let end = bytes.len() + 1;
        let range = |one: &Index, other: &Index| {
            let (one, other) = (one.index(end), other.index(end));
            one.min(other)..one.max(other)
        };
        match self {
            Self::Set(at, byte) => {
                let at = at.index(end);
                bytes.get_mut(at).into_iter().for_each(|old| *old = *byte);
            }
            Self::Flip(at, bit) => {
                let at = at.index(end);
                bytes
                    .get_mut(at)
                    .into_iter()
                    .for_each(|old| *old ^= 1 << bit);
            }
            Self::Insert(at, new) => splice(bytes, at.index(end), new),
            Self::Word(at, word) => splice(bytes, at.index(end), word.as_bytes()),
            Self::Cut(one, other) => drop(bytes.drain(range(one, other))),
            Self::Repeat(one, other) => {
                let range = range(one, other);
                let (at, part) = (range.end, bytes[range].to_vec());
                splice(bytes, at, &part);
            }
        }
    }
}

fn splice(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    bytes.splice(at..at, new.iter().copied());
}

/// Bytes near to one of these, and some that are far from all.
pub(super) fn bytes(good: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec(change(), 0..6);
    let near = (prop::sample::select(good), changes).prop_map(|(mut bytes, changes)| {
        for change in changes {
            change.make(&mut bytes);
        }
        bytes
    });
    prop_oneof![12 => near, 1 => prop::collection::vec(any::<u8>(), 0..200)]
}

/// The same as text.
pub(super) fn text(good: &[&str]) -> impl Strategy<Value = String> {
    let good = good.iter().map(|text| text.as_bytes().to_vec());
    bytes(good.collect()).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
