//! The same catalog in PostgreSQL: the contract, and what only a server brings.

mod conformance;
mod faults;
mod lead_function;
mod network;
mod row_security;
mod scrub;
mod sharing;

use async_trait::async_trait;
use catalog::Catalog;
use testkit::conformance::catalog::{CatalogHarness, Ports};
use testkit::postgres::{Database, PostgresServer};
use uuid::Uuid;

/// The journal of the server under test.
const JOURNAL: Uuid = Uuid::from_u128(0x7000_0000_0000_0001);

/// A catalog in a database of its own that goes with it.
struct Postgres {
    catalog: Catalog,
    database: Database,
}

impl Postgres {
    async fn on(server: &PostgresServer) -> Self {
        // The tables are made once and copied, which a test of the making does without.
        let database = server
            .filled_database("catalog", async |url| {
                Catalog::connect(&url, Uuid::nil()).await.unwrap().close().await;
            })
            .await;
        let catalog = Catalog::connect(&database.url(), JOURNAL).await.unwrap();
        Self { catalog, database }
    }
}

#[async_trait]
impl CatalogHarness for Postgres {
    async fn fresh() -> Self {
        Self::on(&PostgresServer::shared()).await
    }

    fn ports(&self) -> Ports {
        Ports::of(self.catalog.clone())
    }

    fn cases(of: u32) -> u32 {
        of / 8
    }

    fn journal(&self) -> Option<Uuid> {
        Some(JOURNAL)
    }

    async fn reopen(&mut self) {
        self.catalog.close().await;
        self.catalog = Catalog::connect(&self.database.url(), JOURNAL).await.unwrap();
    }
}
