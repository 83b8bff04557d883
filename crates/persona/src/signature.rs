//! The `Persona-Signature` header.

use jiff::Timestamp;

/// A rotation makes two sets; more than these are an attempt to waste time.
const MAX_SETS: usize = 8;

/// Room for all sets of a long rotation.
const MAX_HEADER: usize = 4096;

/// One `t=…,v1=…` set of the header.
#[derive(Debug)]
pub(crate) struct SignatureSet<'a> {
    /// The time of signing, in the very digits that were signed.
    pub(crate) signed_time: &'a str,
    /// The same time.
    pub(crate) time: Timestamp,
    /// Every `v1` of the set, decoded.
    pub(crate) signatures: Vec<Vec<u8>>,
}

/// Reads the sets, which spaces separate; `None` when none is usable.
///
/// Parts with an unknown name are left out, as a later scheme may stand beside `v1`.
pub(crate) fn parse(header: &str) -> Option<Vec<SignatureSet<'_>>> {
    if header.len() > MAX_HEADER || header.split_whitespace().count() > MAX_SETS {
        return None;
    }
    let sets: Vec<_> = header.split_whitespace().filter_map(parse_set).collect();
    (!sets.is_empty()).then_some(sets)
}

fn parse_set(set: &str) -> Option<SignatureSet<'_>> {
    let parts = || set.split(',').filter_map(|part| part.split_once('='));
    let mut times = parts()
        .filter(|(name, _)| *name == "t")
        .map(|(_, value)| value);
    let (Some(signed_time), None) = (times.next(), times.next()) else {
        return None;
    };
    let signatures: Vec<_> = parts()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, value)| hex::decode(value).ok())
        .collect();
    let usable = !signatures.is_empty() && signed_time.bytes().all(|byte| byte.is_ascii_digit());
    let time = Timestamp::from_second(signed_time.parse().ok()?).ok()?;
    usable.then_some(SignatureSet {
        signed_time,
        time,
        signatures,
    })
}
