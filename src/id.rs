//! IDs of our own rows: ULIDs, so that they sort by time.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// A new ULID.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn new_id(now: Timestamp) -> Result<String, getrandom::Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    let ms = u64::try_from(now.as_millisecond()).unwrap_or_default();
    Ok(ulid::Ulid::from_parts(ms, u128::from_be_bytes(random)).to_string())
}

/// The ULID that belongs to something which has an ID elsewhere: the same one each time. Of the same millisecond, those
/// with a greater place sort later; there are thirty-two places.
#[must_use]
pub fn id_of(ms: i64, place: i64, elsewhere: &str) -> String {
    /// Of a ULID's 80 bits, the first five are the place.
    const PLACE: u32 = 75;
    let digest = Sha256::digest(elsewhere);
    let digest = digest
        .iter()
        .take(9)
        .fold(0, |bits, byte| bits << 8 | u128::from(*byte));
    let random = u128::from(place.clamp(0, 31).unsigned_abs()) << PLACE | digest;
    let ms = u64::try_from(ms).unwrap_or_default();
    ulid::Ulid::from_parts(ms, random).to_string()
}
