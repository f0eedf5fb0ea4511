//! The named tables of the SQL surface, each bound to one project.
//!
//! Their columns are a contract with people who wrote queries against other products' tables, so
//! they never change. Events of bots are left out, as they are of every answer.

use std::collections::HashMap;

use datafusion::arrow::array::RecordBatch;
use datafusion::common::{ParamValues, ScalarValue};
use datafusion::prelude::SessionContext;
use domain::id::ProjectId;
use engine::ports::lake::Error;

use crate::{Lake, error, told};

/// Every view: its name, its columns, and what else than the project chooses its rows.
const VIEWS: [(&str, &str, &str); 3] = [
    (
        "friction_events",
        "id, session_id, visitor_id, user_id, name AS event_type, element_selector, element_text, \
         url AS page_url, error_message, stack, severity, screenshot_url, \
         coalesce(properties, '{}') AS metadata, occurred_at AS created_at",
        "category = 'friction'",
    ),
    (
        "heatmap_data",
        "id, session_id, name AS interaction_type, x, y, element_x, element_y, element_selector, \
         url AS page_url, viewport_width, viewport_height, document_width, document_height, \
         occurred_at AS created_at",
        "category = 'heatmap'",
    ),
    (
        "page_performance_metrics",
        "id, session_id, url AS page_url, load_time, first_contentful_paint, time_to_interactive, \
         largest_contentful_paint, interaction_to_next_paint, cumulative_layout_shift, \
         time_to_first_byte, occurred_at AS created_at",
        "category = 'performance'",
    ),
];

impl Lake {
    /// A session that knows the views over one project's events as they are now, and nothing else.
    ///
    /// Texts are `Utf8View`, `uuid` and `json` columns are texts, `timestamptz` columns are
    /// microseconds in UTC.
    pub async fn views(&self, project: ProjectId) -> Result<SessionContext, Error> {
        let tables = self.engine.session();
        let events =
            told::events(&tables, self.table.snapshot()).map_err(error::from_datafusion)?;
        tables.register_table("events", events).map_err(error::from_datafusion)?;
        let views = self.engine.session();
        for (name, columns, condition) in VIEWS {
            let sql = format!(
                "SELECT {columns} FROM events
                 WHERE project_id = $project AND {condition} AND bot IS NULL"
            );
            let project = ScalarValue::from(project.to_string());
            let view = async {
                let frame = tables.sql(&sql).await?;
                let bound =
                    frame.with_param_values(ParamValues::from(vec![("project", project)]))?;
                views.register_table(name, bound.into_view())
            };
            view.await.map_err(error::from_datafusion)?;
        }
        Ok(views)
    }

    /// Runs one statement over the views of a project. Without guards: not for a caller's text.
    pub async fn query(
        &self,
        project: ProjectId,
        sql: &str,
        params: HashMap<String, ScalarValue>,
    ) -> Result<Vec<RecordBatch>, Error> {
        let views = self.views(project).await?;
        let values: Vec<(&str, ScalarValue)> =
            params.iter().map(|(name, value)| (&**name, value.clone())).collect();
        let rows = async {
            views.sql(sql).await?.with_param_values(ParamValues::from(values))?.collect().await
        };
        rows.await.map_err(error::from_datafusion)
    }
}
