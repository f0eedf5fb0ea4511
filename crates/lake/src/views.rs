//! The named tables of the SQL surface that are views over the events, each bound to one project.
//!
//! Their columns are a contract with people who wrote queries against other products' tables, so
//! they never change. Events of bots are left out where browsers send them; contracts 1 and 2 are
//! spoken by servers, too, and `events` shows everything, with the verdict.
//!
//! No expression here may fail on any row: it is evaluated before the project's condition is.

use std::sync::Arc;

use datafusion::common::{ParamValues, ScalarValue};
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::SessionContext;
use domain::id::ProjectId;
use engine::ports::lake::Error;

use crate::sql::{Lookup, View};
use crate::{Lake, error, told};

/// A view: its name, its columns, and what else than the project chooses its rows.
struct Definition {
    name: &'static str,
    columns: &'static str,
    condition: &'static str,
}

const VIEWS: [Definition; 6] = [
    Definition {
        name: "events",
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
    Definition {
        name: "user_behavior",
        columns: "id, user_id, name AS behavior_type, \
            json_get_text(properties, 'property_id') AS property_id, session_id, url AS page_url, \
            referrer, json_get_text(properties, 'user_agent') AS user_agent, \
            value AS duration_seconds, json_get_text(properties, 'search_query') AS search_query, \
            json_get(properties, 'filters') AS filters, \
            coalesce(json_get(properties, 'metadata'), '{}') AS metadata, occurred_at AS created_at",
        condition: "category = 'behavior'",
    },
    Definition {
        name: "widget_analytics",
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
    Definition {
        name: "friction_events",
        columns: "id, session_id, visitor_id, user_id, name AS event_type, element_selector, \
            element_text, url AS page_url, error_message, stack, severity, screenshot_url, \
            coalesce(properties, '{}') AS metadata, occurred_at AS created_at",
        condition: "category = 'friction' AND bot IS NULL",
    },
    Definition {
        name: "heatmap_data",
        columns: "id, session_id, name AS interaction_type, x, y, element_x, element_y, \
            element_selector, url AS page_url, viewport_width, viewport_height, document_width, \
            document_height, occurred_at AS created_at",
        condition: "category = 'heatmap' AND bot IS NULL",
    },
    Definition {
        name: "page_performance_metrics",
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
        self.views_with(project, None).await
    }

    /// The same, with the pictures of events where there are any.
    pub(crate) async fn views_with(
        &self,
        project: ProjectId,
        pictures: Option<Lookup>,
    ) -> Result<SessionContext, Error> {
        let tables = self.engine.session();
        let views = self.engine.session();
        let registered = async {
            let events = told::events(&tables, self.table.snapshot())?;
            tables.register_table("events", events)?;
            let state = tables.state();
            for definition in &VIEWS {
                let plan = definition.plan(&state, project).await?;
                let view = View::new(definition.name, plan, pictures.clone());
                views.register_table(definition.name, Arc::new(view))?;
            }
            Ok(views)
        };
        registered.await.map_err(error::from_datafusion)
    }
}

impl Definition {
    async fn plan(
        &self,
        state: &SessionState,
        project: ProjectId,
    ) -> datafusion::error::Result<LogicalPlan> {
        let Self { columns, condition, .. } = self;
        let sql =
            format!("SELECT {columns} FROM events WHERE project_id = $project AND {condition}");
        let project = ScalarValue::from(project.to_string());
        let plan = state.create_logical_plan(&sql).await?;
        let plan = plan.with_param_values(ParamValues::from(vec![("project", project)]))?;
        // Now its columns have the types that they will have when it runs.
        state.analyzer().execute_and_check(plan, state.config_options(), |_, _| {})
    }
}
