//! Passwords of the staff: Argon2id, away from the threads that answer requests.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

/// Hashes at the same time: each takes 19 MiB.
const AT_ONCE: usize = 4;
/// Shortest and longest password, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;
/// A hash of nothing that anybody knows: checking it costs as much as a real one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmU$0Gf8WnlQ4nHw3DZsCoTRTZBq3nMZ0i0b4hXwGzjFzGQ";

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub struct Passwords(Arc<Semaphore>);

/// Why a password is not taken, or cannot be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("a password has 12 to 128 characters")]
    Length,
    /// Too easy to guess.
    #[error("this password is too easy to guess")]
    Weak,
    /// The hash could not be made.
    #[error("the password cannot be hashed")]
    Failed,
}

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The hash of a password, as a PHC string.
    ///
    /// # Errors
    /// When the password is too short, too long or too easy to guess. `known` are words that an attacker tries first,
    /// such as the person's name.
    pub async fn hash(
        &self,
        password: SecretString,
        known: &[&str],
    ) -> Result<String, PasswordError> {
        check(&password, known)?;
        let hashed = self.run(move || {
            let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
            hash.map(|hash| hash.to_string()).ok()
        });
        hashed.await.flatten().ok_or(PasswordError::Failed)
    }

    /// Whether the password is the one of this hash. Without a hash the answer is no, and takes as long.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> bool {
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let is_right = self.run(move || {
            let password = password.expose_secret().as_bytes();
            PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password, &hash).is_ok())
        });
        is_right.await.unwrap_or_default() && exists
    }

    /// The turn lasts as long as the work, which goes on when the one who asked has gone away.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = Arc::clone(&self.0).acquire_owned().await.ok()?;
        let work = move || {
            let _turn = turn;
            work()
        };
        tokio::task::spawn_blocking(work).await.ok()
    }
}

fn check(password: &SecretString, known: &[&str]) -> Result<(), PasswordError> {
    let password = password.expose_secret();
    if !LENGTH.contains(&password.chars().count()) {
        return Err(PasswordError::Length);
    }
    if zxcvbn::zxcvbn(password, known).score() < zxcvbn::Score::Three {
        return Err(PasswordError::Weak);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let passwords = Passwords::default();
        let secret = |text: &str| SecretString::from(text);
        let hash = passwords
            .hash(secret("correct-horse-battery"), &[])
            .await
            .unwrap();
        assert!(
            passwords
                .verify(secret("correct-horse-battery"), Some(hash.clone()))
                .await
        );
        assert!(
            !passwords
                .verify(secret("correct-horse-batterx"), Some(hash))
                .await
        );
        assert!(
            !passwords
                .verify(secret("correct-horse-battery"), None)
                .await
        );
        assert!(
            PasswordHash::new(NOBODY).is_ok(),
            "nobody's hash costs nothing"
        );
    }

    #[tokio::test]
    async fn a_hash_keeps_its_turn_when_the_one_who_asked_goes_away() {
        let passwords = Passwords::default();
        let (finish, finished) = std::sync::mpsc::channel();
        let mut asked = Box::pin(passwords.run(move || finished.recv()));
        assert!(futures_util::poll!(&mut asked).is_pending());
        drop(asked);
        assert_eq!(passwords.0.available_permits(), AT_ONCE - 1);
        finish.send(()).unwrap();
        let all = u32::try_from(AT_ONCE).unwrap();
        assert!(passwords.0.acquire_many(all).await.is_ok());
    }

    #[tokio::test]
    async fn a_password_that_is_easy_to_guess_is_refused() {
        let passwords = Passwords::default();
        let cases = [
            ("short", PasswordError::Length),
            ("passwordpassword", PasswordError::Weak),
            ("rosa.maierhofer", PasswordError::Weak),
        ];
        for (text, error) in cases {
            let known = ["rosa", "maierhofer"];
            let hashed = passwords.hash(SecretString::from(text), &known).await;
            assert_eq!(hashed, Err(error), "{text}");
        }
    }
}
