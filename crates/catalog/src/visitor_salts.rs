//! Salts of visitors, each for a day.

use async_trait::async_trait;
use engine::ports::catalog::{Error, Salt, VisitorSalts};
use sqlx::AnyConnection;

use crate::Catalog;
use crate::columns::Columns;
use crate::error::{malformed, sql};

#[async_trait]
impl VisitorSalts for Catalog {
    async fn visitor_salts(&self, today: i32, fresh: [Salt; 2]) -> Result<[Salt; 2], Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM visitor_salts WHERE day < $1")
            .bind(i64::from(today))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        let [first, second] = fresh;
        let salts = [
            kept(&mut transaction, today, first).await?,
            kept(&mut transaction, today.saturating_add(1), second).await?,
        ];
        transaction.commit().await.map_err(sql)?;
        Ok(salts)
    }
}

async fn kept(connection: &mut AnyConnection, day: i32, fresh: Salt) -> Result<Salt, Error> {
    // The update changes nothing but has the row returned, also the one that another server has just made.
    let row = sqlx::query(
        "INSERT INTO visitor_salts (day, salt) VALUES ($1, $2)
         ON CONFLICT (day) DO UPDATE SET day = excluded.day RETURNING salt",
    )
    .bind(i64::from(day))
    .bind(fresh.to_vec())
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    row.bytes("salt")?.try_into().map_err(|_| malformed("salt"))
}
