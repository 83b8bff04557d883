//! The second factor: six digits that change every 30 seconds (RFC 6238).

use totp_rs::{Builder, Secret, Totp};

/// What the company's name must not hold in the address that an authenticator reads.
const SEPARATOR: char = ':';

/// 160 random bits, as RFC 4226 asks for.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn new_secret() -> Result<[u8; 20], getrandom::Error> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// The address that an authenticator reads from a QR code; none when the names cannot stand in one.
#[must_use]
pub fn address(secret: &[u8], issuer: &str, account: &str) -> Option<String> {
    let issuer = issuer.replace(SEPARATOR, " ");
    let totp = Builder::new()
        .with_secret(secret.to_vec())
        .with_account_name(account)
        .with_issuer(Some(issuer))
        .build();
    totp.ok()?.to_url().ok()
}

/// The secret as people type it.
#[must_use]
pub fn text(secret: &[u8]) -> String {
    Secret::new(secret.to_vec().into_boxed_slice()).to_base32()
}

/// The time step whose code this is, a step early or late allowed; `after` is the last one that was used already.
#[must_use]
pub fn check(secret: &[u8], code: &str, seconds: u64, after: Option<i64>) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let step = i64::try_from(totp(secret)?.check(&code, seconds)?).ok()?;
    (after.is_none_or(|after| step > after)).then_some(step)
}

/// The code of a moment, for the demo and for tests.
#[must_use]
pub fn code(secret: &[u8], seconds: u64) -> Option<String> {
    Some(totp(secret)?.generate(seconds).to_string())
}

fn totp(secret: &[u8]) -> Option<Totp> {
    let totp = Builder::new().with_secret(secret.to_vec()).build();
    totp.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B; its codes have eight digits, ours are the last six.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SECRET, seconds).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_code_works_once_and_a_step_late_at_most() {
        assert_eq!(check(SECRET, "287 082", 59, None), Some(1));
        assert_eq!(check(SECRET, "287082", 89, None), Some(1));
        assert_eq!(check(SECRET, "287082", 59, Some(1)), None);
        assert_eq!(check(SECRET, "287082", 120, None), None);
        assert_eq!(check(SECRET, "28708", 59, None), None);
        assert_eq!(check(SECRET, "", 59, None), None);
    }
}
