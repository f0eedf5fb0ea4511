//! Hashing passwords with Argon2id: a few at a time, on threads that may block.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::valid::MAX_PASSWORD_BYTES;
use crate::Error;

/// Hashes computed at once: each takes 19 MiB.
const CONCURRENT_HASHES: usize = 2;
/// Bytes of salt.
const SALT_BYTES: usize = 16;

/// Hashes and compares passwords.
pub(super) struct Passwords {
    turns: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Semaphore::new(CONCURRENT_HASHES) }
    }
}

impl Passwords {
    /// The PHC string of a password.
    pub(super) async fn hash(&self, password: String, random: [u8; 64]) -> Result<String, Error> {
        self.blocking(move || salted_hash(&password, &random)).await
    }

    /// Whether `password` matches. Without a hash it takes as long and never matches.
    pub(super) async fn verify(
        &self,
        password: String,
        hash: Option<String>,
        random: [u8; 64],
    ) -> Result<bool, Error> {
        if password.len() > MAX_PASSWORD_BYTES {
            return Ok(false);
        }
        self.blocking(move || match hash {
            Some(hash) => {
                Ok(Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok())
            }
            None => salted_hash(&password, &random).map(|_| false),
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _turn = self.turns.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

fn salted_hash(password: &str, random: &[u8; 64]) -> Result<String, Error> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &random[..SALT_BYTES])
        .map_err(|error| Error::internal(error.to_string()))?;
    Ok(hash.to_string())
}
