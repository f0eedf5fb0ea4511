//! Trying passwords of members, and hashing and trying those that share links have.

use std::net::IpAddr;

use secrecy::{ExposeSecret as _, SecretString};

use super::AuthService;
use super::attempts::PendingAttempt;
use super::validate::MAX_PASSWORD_BYTES;
use crate::Error;
use crate::ports::catalog::PasswordHash;

impl AuthService {
    /// Whether an attempt's password matches, after its pause. Without a hash it takes as long and never does.
    pub(super) async fn judge(
        &self,
        attempt: PendingAttempt,
        password: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, Error> {
        tokio::time::sleep(attempt.pause).await;
        let judged = self.passwords.verify(password, hash, self.random.bytes()).await;
        match &judged {
            Ok(true) => attempt.succeeded(),
            Ok(false) => {}
            Err(_) => attempt.withdrawn(),
        }
        judged
    }

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
        self.judge(attempt, password, Some(hash.clone())).await
    }

    /// Counts an attempt to guess a token.
    ///
    /// # Errors
    /// [`Error::Limited`] after too many from this network.
    pub(crate) fn count_token_attempt(&self, address: IpAddr) -> Result<(), Error> {
        self.count_attempt(address)
    }
}
