//! `catalog.url`: which catalog, and what messages may say of it.

use std::path::PathBuf;

use anyhow::bail;
use serde::{Deserialize, Serialize};

use super::Config;

/// What the URL of a file begins with.
const FILE: &str = "sqlite://";
/// What URLs of PostgreSQL begin with.
const POSTGRES: [&str; 2] = ["postgres://", "postgresql://"];

/// Relational state.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CatalogConfig {
    /// Empty for a file in the data folder, `sqlite:///path`, or `postgres://…`.
    pub(crate) url: String,
}

impl std::fmt::Debug for CatalogConfig {
    /// Without the password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CatalogConfig").field("url", &self.shown()).finish()
    }
}

impl CatalogConfig {
    /// The URL as it may be shown: who connects where, without the password and without options,
    /// among which may be one. Where it is not certain which part is the password, nothing of it.
    pub(crate) fn shown(&self) -> String {
        let Some((scheme, rest)) = self.url.split_once("://") else { return String::new() };
        if scheme == "sqlite" {
            return self.url.clone();
        }
        let (authority, after) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let path = after.split(['?', '#']).next().unwrap_or_default();
        let (user, place) = match authority.rsplit_once('@') {
            Some((who, place)) => (who.split(':').next(), place),
            None => (None, authority),
        };
        let port = place.rsplit_once(':').filter(|_| !place.ends_with(']'));
        let is_port = port.is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let is_clear = is_port && !after.contains('@');
        match user {
            _ if !is_clear => format!("{scheme}://…"),
            Some(user) => format!("{scheme}://{user}@{place}{path}"),
            None => format!("{scheme}://{place}{path}"),
        }
    }

    /// Refuses what is no URL of a catalog, and names the setting.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let is_postgres = POSTGRES.iter().any(|scheme| self.url.starts_with(scheme));
        let file = self.url.strip_prefix(FILE);
        if file == Some("") {
            bail!("catalog.url names no file; write sqlite:///path/to/catalog.db");
        }
        if !(self.url.is_empty() || is_postgres || file.is_some()) {
            bail!("catalog.url must be empty or begin with sqlite:// or postgres://");
        }
        Ok(())
    }
}

impl Config {
    /// The file of the catalog; none when it is in PostgreSQL.
    pub(crate) fn catalog_file(&self) -> Option<PathBuf> {
        match self.catalog.url.strip_prefix(FILE) {
            Some(path) => Some(PathBuf::from(path)),
            None if self.catalog.url.is_empty() => Some(self.data.dir.join("catalog.db")),
            None => None,
        }
    }

    /// How messages call the catalog: with the setting that names it, and without its password.
    pub(crate) fn catalog_name(&self) -> String {
        match self.catalog_file() {
            Some(path) if self.catalog.url.is_empty() => path.display().to_string(),
            _ => format!("{} (catalog.url)", self.catalog.shown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Config {
        Config { catalog: CatalogConfig { url: url.to_owned() }, ..Config::default() }
    }

    #[test]
    fn the_catalog_is_a_file_or_a_database() {
        for (url, file) in [
            ("", Some("data/catalog.db")),
            ("sqlite:///var/lib/catalog.db", Some("/var/lib/catalog.db")),
            ("postgres://me:secret@db:5432/footfall", None),
            ("postgresql://db/footfall", None),
        ] {
            let config = at(url);
            config.catalog.check().expect("admitted");
            assert_eq!(config.catalog_file(), file.map(PathBuf::from), "{url}");
            assert_eq!(config.catalog_name().contains("catalog.url"), !url.is_empty());
        }
        for url in ["mysql://db", "postgres", "sqlite://", "/var/lib/catalog.db"] {
            let refused = at(url).catalog.check().expect_err(url).to_string();
            assert!(refused.starts_with("catalog.url"), "{refused}");
        }
    }

    #[test]
    fn what_is_shown_holds_no_password() {
        for (url, shown) in [
            ("postgres://me:se@cret@db:5432/footfall?password=x", "postgres://me@db:5432/footfall"),
            ("postgres://me@db/footfall#x", "postgres://me@db/footfall"),
            ("postgresql://db/footfall", "postgresql://db/footfall"),
            ("postgres://me:secret@[::1]:5432/footfall", "postgres://me@[::1]:5432/footfall"),
            ("postgres://me:secret@[::1]/footfall", "postgres://me@[::1]/footfall"),
            // Characters that should have been escaped.
            ("postgres://me:sec?ret@db/footfall", "postgres://…"),
            ("postgres://me:sec#ret@db/footfall", "postgres://…"),
            ("postgres://me:sec/ret@db/footfall", "postgres://…"),
            ("postgres://me:s@c/ret@db/footfall", "postgres://…"),
            // Without a host.
            ("postgres://me:secret/footfall", "postgres://…"),
            ("postgres://db/footfall?user=me@shop.test&password=x", "postgres://…"),
        ] {
            let config = at(url);
            assert_eq!(config.catalog.shown(), shown);
            assert!(!format!("{:?}", config.catalog).contains("cret"), "{config:?}");
        }
    }
}
