//! The demo's account: made once with a random password and kept beside the data, to print it again.

use std::path::Path;

use anyhow::Context;
use domain::key;
use domain::random::RandomSource;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use crate::system::SystemRandom;

const ACCOUNT_FILE: &str = "demo-account.toml";
const HISTORY_FILE: &str = "demo-history-made";
const FINISHED_FILE: &str = "demo-finished";

/// Address and password of the demo's owner.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) email: String,
    #[serde(serialize_with = "shown")]
    pub(crate) password: SecretString,
}

/// The account's file holds the password: that is what it is for.
fn shown<S: Serializer>(password: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(password.expose_secret())
}

/// The account of the data in `dir`.
pub(super) fn load_or_make(dir: &Path) -> anyhow::Result<Account> {
    let path = dir.join(ACCOUNT_FILE);
    if path.is_file() {
        let text = std::fs::read_to_string(&path)?;
        return toml::from_str(&text).with_context(|| format!("{} is damaged", path.display()));
    }
    let password = key::from_random("demo-", &SystemRandom.bytes())
        .context("the random source gives no usable bytes")?;
    let account = Account {
        email: "demo@footfall.example".to_owned(),
        password: password.chars().take(17).collect::<String>().into(),
    };
    write_private(&path, &toml::to_string(&account)?)?;
    Ok(account)
}

/// Whether the history has been made.
pub(super) fn has_history(dir: &Path) -> bool {
    dir.join(HISTORY_FILE).is_file()
}

/// Notes that the history has been made.
pub(super) fn note_history(dir: &Path) -> anyhow::Result<()> {
    write_private(&dir.join(HISTORY_FILE), "")
}

/// Whether what follows the history is done.
pub(super) fn is_finished(dir: &Path) -> bool {
    dir.join(FINISHED_FILE).is_file()
}

/// Notes that what follows the history is done.
pub(super) fn note_finished(dir: &Path) -> anyhow::Result<()> {
    write_private(&dir.join(FINISHED_FILE), "")
}

fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}
