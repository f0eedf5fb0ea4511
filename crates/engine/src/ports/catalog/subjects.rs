//! One data subject over all tables of the catalog: resolve, export, remove.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::ProjectId;

use super::{Error, SqlColumn, SqlValue};

/// Rows about a person, as SQL and exports show them.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectTable {
    /// The table's name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<SqlColumn>,
    /// The rows; each has a value for every column.
    pub rows: Vec<Vec<SqlValue>>,
}

/// How many rows an erasure removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemovedRows {
    /// Rows, failed events left aside. Rows that were made anonymous count.
    pub rows: u64,
    /// Failed events.
    pub failed_events: u64,
}

/// One person's rows. See [`super`] for the contract.
#[async_trait]
pub trait SubjectStore: Send + Sync {
    /// What else a person is known by who is known by these user ids and addresses: through contacts,
    /// and the browsers and sessions they were seen with. It includes what was given.
    async fn resolve_identifiers(
        &self,
        project: ProjectId,
        named: &Identifiers,
    ) -> Result<Identifiers, Error>;

    /// Of a person's browsers and sessions, those that other users were seen with, too.
    async fn shared_devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error>;

    /// Every row about a person, by table; tables without one are left out.
    async fn tables_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Vec<SubjectTable>, Error>;

    /// Removes every row about a person. Calls stay, for what was used is billed: their session id
    /// becomes the one `sessions` gives for it. Doing it again finds what came since.
    async fn remove_subject(
        &self,
        project: ProjectId,
        person: &Identifiers,
        sessions: &BTreeMap<String, String>,
    ) -> Result<RemovedRows, Error>;

    /// Removes the bytes of removed rows from the catalog's files, as far as its database lets one;
    /// `false` when somebody reads them still, so that it must be tried again.
    async fn scrub(&self) -> Result<bool, Error>;
}
