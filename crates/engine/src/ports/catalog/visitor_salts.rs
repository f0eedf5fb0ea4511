//! Daily salts for the ids of visitors without consent.

use async_trait::async_trait;

use super::Error;

/// 32 random bytes.
pub type VisitorSalt = [u8; 32];

/// Salts of visitors. See [`super`] for the contract.
#[async_trait]
pub trait VisitorSaltStore: Send + Sync {
    /// The salts of today and tomorrow, days since 1970-01-01. Those of `fresh`, today's first, are kept
    /// unless the days have salts already, so that every server gets the same; those of earlier days are
    /// destroyed.
    async fn visitor_salts(
        &self,
        today: i32,
        fresh: [VisitorSalt; 2],
    ) -> Result<[VisitorSalt; 2], Error>;
}
