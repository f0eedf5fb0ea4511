//! Customers' tokens.

use domain::erasure::Identifiers;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{CustomerToken, Error};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::subjects::{for_each, user_ids};

/// Stores a token and removes those that have expired.
pub(super) async fn add(catalog: &Catalog, token: CustomerToken) -> Result<(), Error> {
    let mut transaction = catalog.write().await?;
    sqlx::query("DELETE FROM customer_tokens WHERE expires_at <= $1")
        .bind(token.created_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
    sqlx::query(
        "INSERT INTO customer_tokens (token_digest, project_id, user_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(token.token_digest.to_vec())
    .bind(token.project_id.to_string())
    .bind(token.user_id)
    .bind(token.created_at.micros())
    .bind(token.expires_at.micros())
    .execute(&mut *transaction)
    .await
    .map_err(sql)?;
    transaction.commit().await.map_err(sql)
}

/// The token with this digest, if it is valid at `now`.
pub(super) async fn find(
    catalog: &Catalog,
    token_digest: &[u8; 32],
    now: Timestamp,
) -> Result<Option<CustomerToken>, Error> {
    let row = sqlx::query(
        "SELECT token_digest, project_id, user_id, created_at, expires_at FROM customer_tokens
         WHERE token_digest = $1 AND expires_at > $2",
    )
    .bind(token_digest.to_vec())
    .bind(now.micros())
    .fetch_optional(&catalog.reads)
    .await
    .map_err(sql)?;
    row.as_ref().map(token).transpose()
}

/// Removes a person's tokens.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<u64, Error> {
    let statement = "DELETE FROM customer_tokens WHERE project_id = $1 AND user_id = $2";
    for_each(connection, project, statement, user_ids(person)).await
}

fn token(row: &AnyRow) -> Result<CustomerToken, Error> {
    let digest = row.bytes("token_digest")?;
    Ok(CustomerToken {
        token_digest: digest.try_into().map_err(|_| malformed("token_digest"))?,
        project_id: ProjectId(row.id("project_id")?),
        user_id: row.text("user_id")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
    })
}
