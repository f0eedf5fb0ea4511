//! `calculate_lead_score(user_id)`: a function that people may keep in their PostgreSQL.
//!
//! Where it is, it is asked after a customer's score was computed, and its number is kept beside ours.
//! It takes a text or a uuid and gives a number of any type. It sees rows of the customer's project
//! only and has a second; whatever goes wrong in it leaves its number empty and our score as it is.

use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::error::DatabaseError;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use uuid::Uuid;

use crate::error::sql;
use crate::row_ext::RowExt;
use crate::store::is_postgres;

/// What it takes; nothing when there is no such function.
const FIND: &str = "
    SELECT CASE WHEN of_text IS NULL THEN 'uuid' ELSE 'text' END AS argument
    FROM (SELECT coalesce(to_regprocedure('calculate_lead_score(text)'),
                          to_regprocedure('calculate_lead_score(varchar)')) AS of_text,
                 to_regprocedure('calculate_lead_score(uuid)') AS of_uuid) AS found
    WHERE coalesce(of_text, of_uuid) IS NOT NULL";
/// After the call everything is as it is in every transaction that writes.
const WIDE: &str = "SET LOCAL footfall.project = '*'; SET LOCAL statement_timeout = '30s'";
/// PostgreSQL's code for a statement that took too long.
const TIMED_OUT: &str = "57014";

/// The function.
pub(super) struct LeadScoreFunction {
    takes_uuid: bool,
    /// It took too long once; to ask it again would hold up all that follows.
    is_disabled: bool,
}

impl LeadScoreFunction {
    /// The function of this database; none where there is none.
    pub(super) async fn find(connection: &mut AnyConnection) -> Result<Option<Self>, Error> {
        if !is_postgres(connection) {
            return Ok(None);
        }
        let row = sqlx::query(FIND).fetch_optional(connection).await.map_err(sql)?;
        let argument = row.map(|row| row.text("argument")).transpose()?;
        Ok(argument.map(|argument| Self { takes_uuid: argument == "uuid", is_disabled: false }))
    }

    /// What it makes of a customer, as a decimal number; none when it makes nothing of them.
    pub(super) async fn calculate(
        &mut self,
        transaction: &mut AnyConnection,
        project: ProjectId,
        user_id: &str,
    ) -> Result<Option<String>, Error> {
        if self.is_disabled || (self.takes_uuid && Uuid::try_parse(user_id).is_err()) {
            return Ok(None);
        }
        let mut attempt = transaction.begin().await.map_err(sql)?;
        // An id is spliced, for these statements take no binds: it has only hex digits and dashes.
        let narrow =
            format!("SET LOCAL footfall.project = '{project}'; SET LOCAL statement_timeout = '1s'");
        attempt.execute(AssertSqlSafe(narrow)).await.map_err(sql)?;
        let call = if self.takes_uuid {
            "SELECT calculate_lead_score($1::uuid)::numeric::text AS score"
        } else {
            "SELECT calculate_lead_score($1::text)::numeric::text AS score"
        };
        let result = sqlx::query(call).bind(user_id.to_owned()).fetch_optional(&mut *attempt).await;
        match result {
            Ok(row) => {
                attempt.execute(WIDE).await.map_err(sql)?;
                attempt.commit().await.map_err(sql)?;
                let score = row.map(|row| row.maybe_text("score")).transpose()?;
                Ok(score.flatten())
            }
            Err(error) => {
                let code = error.as_database_error().and_then(DatabaseError::code);
                tracing::debug!(code = code.as_deref(), "calculate_lead_score failed");
                self.is_disabled = code.as_deref() == Some(TIMED_OUT);
                // What it set and did is undone; where the connection is gone, so is the transaction.
                attempt.rollback().await.map_err(sql)?;
                Ok(None)
            }
        }
    }
}
