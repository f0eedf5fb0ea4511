//! Read connections and write transactions, scoped to a project.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Transaction};

/// A connection that reads rows of one project.
pub(crate) enum ReadConnection {
    /// SQLite: the statement's `WHERE` alone keeps projects apart.
    Plain(PoolConnection<Any>),
    /// PostgreSQL: a transaction that sees no other project; it ends when dropped.
    Scoped(Transaction<'static, Any>),
}

impl Deref for ReadConnection {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        match self {
            Self::Plain(connection) => connection,
            Self::Scoped(transaction) => transaction,
        }
    }
}

impl DerefMut for ReadConnection {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match self {
            Self::Plain(connection) => connection,
            Self::Scoped(transaction) => transaction,
        }
    }
}

/// A transaction that may write. Dropped without a commit it changes nothing.
pub(crate) struct WriteTransaction {
    transaction: Transaction<'static, Any>,
    /// Whose positions it may move.
    pub(crate) journal: Arc<str>,
}

impl WriteTransaction {
    pub(crate) fn new(transaction: Transaction<'static, Any>, journal: Arc<str>) -> Self {
        Self { transaction, journal }
    }

    /// Stores what was written.
    pub(crate) async fn commit(self) -> sqlx::Result<()> {
        self.transaction.commit().await
    }
}

impl Deref for WriteTransaction {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for WriteTransaction {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
