//! IDs of our own rows: ULIDs, so that they sort by time.

use jiff::Timestamp;

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
