//! Passwords of share links: hashed, tried and limited like members' passwords.

use std::net::IpAddr;

use secrecy::{ExposeSecret as _, SecretString};

use super::AuthService;
use super::validate::MAX_PASSWORD_BYTES;
use crate::Error;
use crate::ports::catalog::PasswordHash;

impl AuthService {
    /// The hash of a password of at least so many characters.
    pub(crate) async fn hash_password(
        &self,
        password: SecretString,
        min_characters: usize,
    ) -> Result<PasswordHash, Error> {
        let text = password.expose_secret();
        if text.chars().count() < min_characters || text.len() > MAX_PASSWORD_BYTES {
            let detail = format!("password must have at least {min_characters} characters");
            return Err(Error::invalid("password", detail));
        }
        self.passwords.hash(password, self.random.bytes()).await
    }

    /// Whether `password` has this hash. Failures are counted by the name `account`.
    ///
    /// # Errors
    /// [`Error::Limited`] after too many attempts from this network.
    pub(crate) async fn is_password(
        &self,
        account: &str,
        hash: &PasswordHash,
        password: SecretString,
        address: IpAddr,
    ) -> Result<bool, Error> {
        self.count_token_attempt(address)?;
        let attempt = self.attempts.sign_in(account, None, address, self.clock.now())?;
        tokio::time::sleep(attempt.pause).await;
        match self.passwords.verify(password, Some(hash.clone()), self.random.bytes()).await {
            Ok(true) => {
                attempt.succeeded();
                Ok(true)
            }
            Ok(false) => Ok(false),
            Err(error) => {
                attempt.withdrawn();
                Err(error)
            }
        }
    }

    /// Counts an attempt to guess a token.
    ///
    /// # Errors
    /// [`Error::Limited`] after too many from this network.
    pub(crate) fn count_token_attempt(&self, address: IpAddr) -> Result<(), Error> {
        self.count_attempt(address)
    }
}
