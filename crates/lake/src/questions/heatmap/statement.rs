//! The statements of a heatmap.

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::question::Scope;
use domain::question::heatmap::{
    CELLS_PER_SIDE, HeatmapLayer, MAX_HEATMAP_CELLS, MAX_HEATMAP_ELEMENTS, MAX_HEATMAP_POINTS,
    POINT_COLUMNS, POINT_ROW_PX, SCROLL_STEPS, WIDTH_CLASSES, WidthRange,
};

use crate::query::Params;
use crate::questions::scope::{CURRENT, PAGE_VIEW, PeriodScope, conditions, is_friction, params};

/// The text of each statement, and the values they share.
pub(super) struct HeatmapStatement {
    /// Named `views` and `layer`: the page's views, and the events of the layer, each with the `width` of its viewport.
    with: String,
    /// The condition of the widths, after an `AND`; empty for all widths.
    widths: String,
    params: Params,
}

impl HeatmapStatement {
    pub(super) fn new(scope: &Scope, layer: HeatmapLayer, widths: WidthRange) -> Self {
        let mut params = params(scope, PeriodScope::WithPrevious);
        Self { with: with(scope, layer), widths: width_condition(widths, &mut params), params }
    }

    pub(super) fn params(&self) -> Params {
        self.params.clone()
    }

    /// One row.
    pub(super) fn totals(&self) -> String {
        format!(
            "{with}
             SELECT count(*) FILTER (WHERE is_view AND {CURRENT}) AS page_views,
                    count(*) FILTER (WHERE is_view AND NOT {CURRENT}) AS previous_page_views,
                    count(*) FILTER (WHERE NOT is_view AND {CURRENT}) AS layer_events,
                    count(*) FILTER (WHERE NOT is_view AND NOT {CURRENT}) AS previous_events,
                    count(DISTINCT CASE WHEN is_view AND {CURRENT} THEN session_hash END) AS sessions,
                    count(DISTINCT CASE WHEN NOT is_view AND {CURRENT} THEN session_hash END)
                        AS event_sessions
             FROM (SELECT true AS is_view, occurred_at, session_hash, width FROM views
                   UNION ALL
                   SELECT false AS is_view, occurred_at, session_hash, width FROM layer)
             WHERE true{widths}",
            with = self.with,
            widths = self.widths,
        )
    }

    /// A row for each class of widths with a view or an event.
    pub(super) fn widths(&self) -> String {
        let mut class = "CASE".to_owned();
        for (index, least) in WIDTH_CLASSES.into_iter().enumerate().rev() {
            let _ = write!(class, " WHEN width >= {least} THEN {index}");
        }
        format!(
            "{with}
             SELECT {class} END AS class,
                    count(*) FILTER (WHERE is_view) AS page_views,
                    count(*) FILTER (WHERE NOT is_view) AS events,
                    median(CASE WHEN is_view THEN CAST(width AS DOUBLE) END) AS median_width
             FROM (SELECT true AS is_view, width FROM views WHERE {CURRENT}
                   UNION ALL SELECT false AS is_view, width FROM layer WHERE {CURRENT})
             WHERE width IS NOT NULL GROUP BY class",
            with = self.with,
        )
    }

    pub(super) fn elements(&self) -> String {
        format!(
            "{with},
             elements AS (
               SELECT element_selector,
                      count(*) FILTER (WHERE {CURRENT}) AS events,
                      count(*) FILTER (WHERE NOT {CURRENT}) AS previous_events,
                      count(DISTINCT CASE WHEN {CURRENT} THEN session_hash END) AS sessions,
                      count(DISTINCT CASE WHEN {CURRENT} THEN visitor_hash END) AS visitors,
                      min(occurred_at) FILTER (WHERE {CURRENT}) AS first_seen,
                      max(occurred_at) FILTER (WHERE {CURRENT}) AS last_seen,
                      last_value(element_text ORDER BY occurred_at, element_text)
                          FILTER (WHERE {CURRENT} AND element_text IS NOT NULL) AS element_text
               FROM layer WHERE element_selector IS NOT NULL{widths} GROUP BY element_selector)
             SELECT *, count(*) OVER () AS total FROM elements WHERE events > 0
             ORDER BY events DESC, element_selector LIMIT {MAX_HEATMAP_ELEMENTS}",
            with = self.with,
            widths = self.widths,
        )
    }

    pub(super) fn cells(&self) -> String {
        // The right and lower edges belong to the last cell.
        let side = |column: &str| {
            let last = CELLS_PER_SIDE - 1;
            format!("CAST(least(floor({column} * {CELLS_PER_SIDE}), {last}) AS BIGINT)")
        };
        format!(
            "{with}
             SELECT element_selector, {x} AS cell_x, {y} AS cell_y, count(*) AS events
             FROM layer
             WHERE {CURRENT} AND element_selector IS NOT NULL
                   AND element_x BETWEEN 0 AND 1 AND element_y BETWEEN 0 AND 1{widths}
             GROUP BY element_selector, cell_x, cell_y
             ORDER BY events DESC, element_selector, cell_y, cell_x LIMIT {MAX_HEATMAP_CELLS}",
            with = self.with,
            x = side("element_x"),
            y = side("element_y"),
            widths = self.widths,
        )
    }

    pub(super) fn points(&self) -> String {
        let last = POINT_COLUMNS - 1;
        format!(
            "{with}
             SELECT CAST(least(floor(CAST(x AS DOUBLE) * {POINT_COLUMNS} / document_width), {last}) AS BIGINT)
                        AS point_x,
                    CAST(floor(CAST(y AS DOUBLE) / {POINT_ROW_PX}) AS BIGINT) AS point_y,
                    count(*) AS events
             FROM layer
             WHERE {CURRENT} AND element_selector IS NULL AND x >= 0 AND y >= 0
                   AND document_width > 0 AND x <= document_width{widths}
             GROUP BY point_x, point_y
             ORDER BY events DESC, point_y, point_x LIMIT {MAX_HEATMAP_POINTS}",
            with = self.with,
            widths = self.widths,
        )
    }

    /// Sessions by the last step of the page's height that they saw: of what their scrolling reports, and of what the
    /// viewport showed at first.
    pub(super) fn depths(&self) -> String {
        let last = SCROLL_STEPS - 1;
        format!(
            "{with},
             depths AS (
               SELECT session_hash, max(least(lowest / document_height, 1)) AS depth
               FROM (SELECT session_hash, occurred_at, width, document_height,
                            CAST(viewport_height AS DOUBLE) AS lowest FROM views
                     UNION ALL
                     SELECT session_hash, occurred_at, width, document_height,
                            CAST(y AS DOUBLE) AS lowest FROM scrolls)
               WHERE {CURRENT} AND session_hash IS NOT NULL AND document_height > 0 AND lowest >= 0{widths}
               GROUP BY session_hash)
             SELECT CAST(floor(depth * {last} + 0.000001) AS BIGINT) AS step, count(*) AS sessions
             FROM depths GROUP BY step",
            with = self.with,
            widths = self.widths,
        )
    }
}

/// Page views, scrolling, and events of the layer. Friction says nothing of the viewport: that of the session's views
/// of the page counts, the widest of several.
fn with(scope: &Scope, layer: HeatmapLayer) -> String {
    let conditions = conditions(scope);
    let heatmap = |name: &str| format!("category = 'heatmap' AND name = '{name}'");
    let friction = |names: &str| format!("{} AND name IN ({names})", is_friction(scope));
    let of_layer = match layer {
        HeatmapLayer::Clicks => heatmap("click"),
        HeatmapLayer::Pointer => heatmap("move"),
        HeatmapLayer::Scroll => heatmap("scroll"),
        HeatmapLayer::Rage => friction("'rage_click'"),
        HeatmapLayer::Dead => friction("'dead_click'"),
        HeatmapLayer::Errors => friction("'error_click', 'form_validation_error'"),
    };
    // Scrolling happens to the page, not to an element of it.
    let selector = match layer {
        HeatmapLayer::Scroll => "CAST(NULL AS VARCHAR)",
        _ => "element_selector",
    };
    let place = if layer == HeatmapLayer::Scroll { "CAST(NULL AS INT)" } else { "x" };
    let columns = format!(
        "occurred_at, session_hash, visitor_hash, {selector} AS element_selector, element_text,
         element_x, element_y, {place} AS x, y, document_width"
    );
    let layer_rows = if layer.is_friction() {
        format!(
            "SELECT friction.*, widths.width
             FROM (SELECT {columns} FROM events WHERE {conditions} AND {of_layer}) AS friction
             LEFT JOIN (SELECT session_hash AS of_session, max(width) AS width FROM views
                        WHERE session_hash IS NOT NULL GROUP BY session_hash) AS widths
             ON friction.session_hash = widths.of_session"
        )
    } else {
        format!(
            "SELECT {columns}, viewport_width AS width FROM events WHERE {conditions} AND {of_layer}"
        )
    };
    format!(
        "WITH views AS (
           SELECT occurred_at, session_hash, viewport_width AS width, viewport_height, document_height
           FROM events WHERE {conditions} AND {PAGE_VIEW}),
         scrolls AS (
           SELECT occurred_at, session_hash, viewport_width AS width, document_height, y
           FROM events WHERE {conditions} AND {scroll}),
         layer AS ({layer_rows})",
        scroll = heatmap("scroll"),
    )
}

/// The condition of these widths, after an `AND`, with its values; empty for all widths.
pub(super) fn width_condition(widths: WidthRange, params: &mut Params) -> String {
    let mut text = String::new();
    if let Some(min) = widths.min {
        text.push_str(" AND width >= $min_width");
        params.insert("min_width", ScalarValue::from(i64::from(min)));
    }
    if let Some(max) = widths.max {
        text.push_str(" AND width <= $max_width");
        params.insert("max_width", ScalarValue::from(i64::from(max)));
    }
    text
}
