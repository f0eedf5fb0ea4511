//! Requests and results of set-up and sign-in.

use domain::time::Timestamp;
use domain::zone::Zone;
use secrecy::SecretString;

use crate::ports::catalog::Member;

/// A signed-in member and the secret that proves it.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub member: Member,
    /// The token for the cookie, 64 hexadecimal digits. Shown to nobody else, never stored.
    pub token: SecretString,
    /// From when on it is no longer valid.
    pub expires_at: Timestamp,
    /// The token by which this browser is known at later attempts to sign in.
    pub device: SecretString,
}

/// What set-up is given.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// The one-time token the server printed.
    pub token: SecretString,
    /// The owner's e-mail address.
    pub email: String,
    /// The owner's name.
    pub name: String,
    /// The owner's password.
    pub password: SecretString,
    /// The first project's name.
    pub project_name: String,
    /// The first project's zone.
    pub time_zone: Zone,
}
