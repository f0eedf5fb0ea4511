//! The named tables of the SQL surface that are views over the events, each bound to one project.
//!
//! Their columns are a contract with people who wrote queries against other products' tables, so
//! they never change. Events of bots are left out where browsers send them; contracts 1 and 2 are
//! spoken by servers, too, and `events` shows everything, with the verdict.
//!
//! No expression here may fail on any row: it is evaluated before the project's condition is.

use std::ops::RangeInclusive;
use std::sync::Arc;

use datafusion::common::{ParamValues, Result, ScalarValue};
use datafusion::datasource::ViewTable;
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::SessionContext;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::lake::Error;

use crate::query::instant;
use crate::{Lake, error, hashed};

const SECONDS_PER_DAY: i64 = 86_400;

/// A view: its name, its columns, and what else than the project chooses its rows.
pub(crate) struct View {
    pub(crate) name: &'static str,
    /// The column with the time an event occurred.
    pub(crate) time: &'static str,
    columns: &'static str,
    condition: &'static str,
    /// Whether a row depends on no other row, so that days nobody asks for need not be read.
    is_row_by_row: bool,
}

pub(crate) const VIEWS: [View; 6] = [
    View {
        name: "events",
        time: "occurred_at",
        is_row_by_row: true,
        columns: "id, category, name, occurred_at, client_at, sent_at, received_at, seq, visitor_id, \
            session_id, user_id, url, path, title, referrer, utm_source, utm_medium, utm_campaign, \
            utm_term, utm_content, element_selector, element_text, x, y, element_x, element_y, \
            viewport_width, viewport_height, document_width, document_height, error_message, stack, \
            severity, screenshot_url, error_group, load_time, first_contentful_paint, \
            time_to_interactive, largest_contentful_paint, interaction_to_next_paint, \
            cumulative_layout_shift, time_to_first_byte, value, currency, device_type, browser, \
            browser_version, os, os_version, country, region, city, masked_ip, \
            coalesce(properties, '{}') AS properties, bot",
        condition: "true",
    },
    View {
        name: "user_behavior",
        time: "created_at",
        is_row_by_row: true,
        columns: "id, user_id, name AS behavior_type, \
            json_get_text(properties, 'property_id') AS property_id, session_id, url AS page_url, \
            referrer, json_get_text(properties, 'user_agent') AS user_agent, \
            value AS duration_seconds, json_get_text(properties, 'search_query') AS search_query, \
            json_get(properties, 'filters') AS filters, \
            coalesce(json_get(properties, 'metadata'), '{}') AS metadata, occurred_at AS created_at",
        condition: "category = 'behavior'",
    },
    View {
        name: "widget_analytics",
        time: "timestamp",
        is_row_by_row: false,
        // An inferred end whose call has a real one stays visible, under a name of its own: so the
        // ends a query finds by `call_end` are those that count.
        columns: "id, json_get_text(properties, 'widget_id') AS widget_id, \
            CASE WHEN name = 'call_end' AND json_get(properties, 'inferred') IS NOT NULL \
              AND max(CASE WHEN name IN ('call_end', 'call_error') \
                        AND json_get(properties, 'inferred') IS NULL THEN occurred_at END) \
                  OVER (PARTITION BY json_get_text(properties, 'widget_id'), session_id) \
                >= to_timestamp_micros(coalesce(TRY_CAST(json_get_text(json_get(properties, \
                     'inferred'), 'started_at_micros') AS BIGINT), 0)) \
              THEN 'call_end_superseded' ELSE name END AS event_type, \
            session_id, url AS page_url, json_get_text(properties, 'user_agent') AS user_agent, \
            coalesce(json_get(properties, 'metadata'), '{}') AS metadata, \
            occurred_at AS \"timestamp\"",
        condition: "category = 'widget'",
    },
    View {
        name: "friction_events",
        time: "created_at",
        is_row_by_row: true,
        columns: "id, session_id, visitor_id, user_id, name AS event_type, element_selector, \
            element_text, url AS page_url, error_message, stack, severity, screenshot_url, \
            coalesce(properties, '{}') AS metadata, occurred_at AS created_at",
        condition: "category = 'friction' AND bot IS NULL",
    },
    View {
        name: "heatmap_data",
        time: "created_at",
        is_row_by_row: true,
        columns: "id, session_id, name AS interaction_type, x, y, element_x, element_y, \
            element_selector, url AS page_url, viewport_width, viewport_height, document_width, \
            document_height, occurred_at AS created_at",
        condition: "category = 'heatmap' AND bot IS NULL",
    },
    View {
        name: "page_performance_metrics",
        time: "created_at",
        is_row_by_row: true,
        columns: "id, session_id, url AS page_url, load_time, first_contentful_paint, \
            time_to_interactive, largest_contentful_paint, interaction_to_next_paint, \
            cumulative_layout_shift, time_to_first_byte, occurred_at AS created_at",
        condition: "category = 'performance' AND bot IS NULL",
    },
];

impl Lake {
    /// A session that knows the views over one project's events as they are now, and nothing else.
    ///
    /// Texts are `Utf8View`, `uuid` and `json` columns are texts, `timestamptz` columns are
    /// microseconds in UTC.
    pub async fn views(&self, project: ProjectId) -> Result<SessionContext, Error> {
        let views = self.engine.session();
        let registered = async {
            let state = self.events_session()?;
            for view in &VIEWS {
                let plan = view.plan(&state, project, None).await?;
                views.register_table(view.name, Arc::new(ViewTable::new(plan, None)))?;
            }
            Ok(views)
        };
        registered.await.map_err(error::from_datafusion)
    }

    /// A session that knows the events of all projects as they are now: for [`View::plan`].
    pub(crate) fn events_session(&self) -> Result<SessionState> {
        let context = self.engine.session();
        context.register_table("events", hashed::events(&context, self.table.snapshot())?)?;
        let mut state = context.state();
        // The project's condition stands first and must stay there: what a statement compares is
        // compared with the project's rows only.
        state.config_mut().options_mut().execution.parquet.reorder_filters = false;
        Ok(state)
    }
}

impl View {
    /// The project's rows; of the given UTC days only, where that makes no difference to the others.
    pub(crate) async fn plan(
        &self,
        events: &SessionState,
        project: ProjectId,
        days: Option<RangeInclusive<i32>>,
    ) -> Result<LogicalPlan> {
        let Self { columns, condition, .. } = self;
        let mut sql =
            format!("SELECT {columns} FROM events WHERE project_id = $project AND {condition}");
        let mut values = vec![("project", ScalarValue::from(project.to_string()))];
        if let Some(days) = days.filter(|_| self.is_row_by_row) {
            let midnight = |day: i32| Timestamp::from_seconds(i64::from(day) * SECONDS_PER_DAY);
            sql.push_str(" AND occurred_at >= $first AND occurred_at < $after");
            values.push(("first", instant(midnight(*days.start()))));
            values.push(("after", instant(midnight(*days.end()).plus_seconds(SECONDS_PER_DAY))));
        }
        let plan = events.create_logical_plan(&sql).await?;
        let plan = plan.with_param_values(ParamValues::from(values))?;
        // Now its columns have the types that they will have when it runs.
        events.analyzer().execute_and_check(plan, events.config_options(), |_, _| {})
    }
}
