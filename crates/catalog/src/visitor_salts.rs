//! Salts of visitors, each for a day.

use async_trait::async_trait;
use engine::ports::catalog::{Error, VisitorSalt, VisitorSaltStore};
use sqlx::AnyConnection;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl VisitorSaltStore for Catalog {
    async fn visitor_salts(
        &self,
        today: i32,
        fresh: [VisitorSalt; 2],
    ) -> Result<[VisitorSalt; 2], Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM visitor_salts WHERE day < $1")
            .bind(i64::from(today))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        let [first, second] = fresh;
        let salts = [
            stored_salt(&mut transaction, today, first).await?,
            stored_salt(&mut transaction, today.saturating_add(1), second).await?,
        ];
        transaction.commit().await.map_err(sql)?;
        Ok(salts)
    }
}

async fn stored_salt(
    connection: &mut AnyConnection,
    day: i32,
    fresh: VisitorSalt,
) -> Result<VisitorSalt, Error> {
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
