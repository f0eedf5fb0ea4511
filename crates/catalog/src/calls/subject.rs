//! One person's calls: they stay, for what was used is billed, under sessions that name nobody.

use std::collections::BTreeMap;

use domain::billing::session_key;
use domain::id::{ProjectId, WidgetId};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use crate::error::sql;
use crate::row_ext::RowExt;
use crate::subjects::for_each;

/// Rows that hold a session's key: `$2` is the old one, `$3` the new one, `$4` the new id. A call that an
/// earlier run renamed already is not doubled.
const RENAME_BY_KEY: [&str; 3] = [
    "UPDATE call_facts SET session_key = $3, session_id = $4
     WHERE project_id = $1 AND session_key = $2",
    "UPDATE calls SET session_key = $3, session_id = $4
     WHERE project_id = $1 AND session_key = $2 AND NOT EXISTS
       (SELECT 1 FROM calls AS renamed WHERE renamed.project_id = $1
          AND renamed.session_key = $3 AND renamed.started_at = calls.started_at
          AND renamed.ordinal = calls.ordinal)",
    "UPDATE billing_adjustments SET session_key = $3, session_id = $4
     WHERE project_id = $1 AND session_key = $2",
];
/// Rows that hold the widget, `$2`, and the session's id, `$3`; `$4` is the new id.
const RENAME_BY_ID: &str = "UPDATE inferred_ends SET session_id = $4
     WHERE project_id = $1 AND widget_id = $2 AND session_id = $3 AND NOT EXISTS
       (SELECT 1 FROM inferred_ends AS renamed WHERE renamed.project_id = $1
          AND renamed.widget_id = $2 AND renamed.session_id = $4
          AND renamed.started_at = inferred_ends.started_at)";
const REMOVE_DOUBLES: [&str; 2] = [
    "DELETE FROM calls WHERE project_id = $1 AND session_id = $2",
    "DELETE FROM inferred_ends WHERE project_id = $1 AND session_id = $2",
];

/// Renames sessions; how many rows name nobody now.
pub(crate) async fn make_anonymous(
    connection: &mut AnyConnection,
    project: ProjectId,
    sessions: &BTreeMap<String, String>,
) -> Result<u64, Error> {
    let mut rows = 0;
    for (session, anonymous) in sessions {
        let widgets = sqlx::query(
            "SELECT DISTINCT widget_id FROM call_facts WHERE project_id = $1 AND session_id = $2",
        )
        .bind(project.to_string())
        .bind(session.clone())
        .fetch_all(&mut *connection)
        .await
        .map_err(sql)?;
        for widget in &widgets {
            let widget = WidgetId(widget.id("widget_id")?);
            let old = session_key(widget, session).to_string();
            let new = session_key(widget, anonymous).to_string();
            for statement in RENAME_BY_KEY {
                rows += rename(connection, project, statement, [&old, &new, anonymous]).await?;
            }
            let names = [&widget.to_string(), session, anonymous];
            rows += rename(connection, project, RENAME_BY_ID, names).await?;
        }
        for statement in REMOVE_DOUBLES {
            rows += for_each(connection, project, statement, std::iter::once(session)).await?;
        }
    }
    Ok(rows)
}

async fn rename(
    connection: &mut AnyConnection,
    project: ProjectId,
    statement: &'static str,
    names: [&String; 3],
) -> Result<u64, Error> {
    let mut query = sqlx::query(statement).bind(project.to_string());
    for name in names {
        query = query.bind(name.clone());
    }
    Ok(query.execute(connection).await.map_err(sql)?.rows_affected())
}
