//! Where on a page do visitors click, point, get stuck, and how far do they scroll?

mod recorded_views;
mod statement;

use std::collections::HashMap;

use domain::question::Scope;
use domain::question::heatmap::{
    Heatmap, HeatmapCell, HeatmapElement, HeatmapLayer, HeatmapPoint, HeatmapTotals, HeatmapWidth,
    POINT_COLUMNS, POINT_ROW_PX, SCROLL_STEPS, ScrollDepth, WIDTH_CLASSES, WidthRange,
};
use engine::ports::lake::Error;
use futures::future::try_join_all;

pub(crate) use recorded_views::recorded_views;

use self::statement::HeatmapStatement;
use crate::query::{QueryResult, Question};

/// Six statements at once: counts, widths, elements, cells, points and depths.
pub(crate) async fn heatmap(
    question: &Question,
    scope: &Scope,
    layer: HeatmapLayer,
    widths: WidthRange,
) -> Result<Heatmap, Error> {
    let statement = HeatmapStatement::new(scope, layer, widths);
    let texts = [
        statement.totals(),
        statement.widths(),
        statement.elements(),
        statement.cells(),
        statement.points(),
        statement.depths(),
    ];
    let answers =
        try_join_all(texts.iter().map(|sql| question.ask(sql, statement.params()))).await?;
    let [totals, widths, elements, cells, points, depths] = &answers[..] else {
        return Err(Error::Internal("an answer of the heatmap is missing".into()));
    };
    let (totals, previous) = both_totals(totals);
    let element_total = if elements.rows().is_empty() { 0 } else { elements.count("total", 0) };
    let listed: Vec<HeatmapElement> =
        elements.rows().filter_map(|row| element(elements, row)).collect();
    Ok(Heatmap {
        totals,
        previous,
        cells: placed(cells, &listed),
        elements: listed,
        element_total,
        points: points.rows().map(|row| point(points, row)).collect(),
        widths: by_class(widths),
        scroll: depth(depths),
    })
}

fn both_totals(answer: &QueryResult) -> (HeatmapTotals, HeatmapTotals) {
    let count = |column| if answer.rows().is_empty() { 0 } else { answer.count(column, 0) };
    let totals = HeatmapTotals {
        page_views: count("page_views"),
        sessions: count("sessions"),
        events: count("layer_events"),
        event_sessions: count("event_sessions"),
    };
    let previous = HeatmapTotals {
        page_views: count("previous_page_views"),
        events: count("previous_events"),
        ..HeatmapTotals::default()
    };
    (totals, previous)
}

fn element(answer: &QueryResult, row: usize) -> Option<HeatmapElement> {
    Some(HeatmapElement {
        selector: answer.text("element_selector", row)?,
        text: answer.text("element_text", row),
        events: answer.count("events", row),
        previous_events: answer.count("previous_events", row),
        sessions: answer.count("sessions", row),
        visitors: answer.count("visitors", row),
        first_seen: answer.instant("first_seen", row),
        last_seen: answer.instant("last_seen", row),
    })
}

/// The cells of elements that the answer lists.
fn placed(answer: &QueryResult, elements: &[HeatmapElement]) -> Vec<HeatmapCell> {
    let indices: HashMap<&str, usize> =
        elements.iter().enumerate().map(|(index, found)| (&*found.selector, index)).collect();
    let cell = |row| {
        let selector = answer.text("element_selector", row)?;
        let side = |column| u8::try_from(answer.integer(column, row)?).ok();
        Some(HeatmapCell {
            element: *indices.get(&*selector)?,
            x: side("cell_x")?,
            y: side("cell_y")?,
            events: answer.count("events", row),
        })
    };
    answer.rows().filter_map(cell).collect()
}

fn point(answer: &QueryResult, row: usize) -> HeatmapPoint {
    let place = |column| u32::try_from(answer.count(column, row)).unwrap_or(u32::MAX);
    HeatmapPoint {
        x: f64::from(place("point_x")) / f64::from(POINT_COLUMNS),
        y: place("point_y").saturating_mul(u32::from(POINT_ROW_PX)),
        events: answer.count("events", row),
    }
}

fn by_class(answer: &QueryResult) -> [HeatmapWidth; WIDTH_CLASSES.len()] {
    let mut widths = [HeatmapWidth::default(); WIDTH_CLASSES.len()];
    for row in answer.rows() {
        let class = answer.integer("class", row).and_then(|class| usize::try_from(class).ok());
        if let Some(width) = class.and_then(|class| widths.get_mut(class)) {
            *width = HeatmapWidth {
                page_views: answer.count("page_views", row),
                events: answer.count("events", row),
                median: answer.double("median_width", row),
            };
        }
    }
    widths
}

/// From sessions by the last step they saw to those that saw each.
fn depth(answer: &QueryResult) -> ScrollDepth {
    let mut by_step = vec![0; SCROLL_STEPS];
    for row in answer.rows() {
        let step = answer.integer("step", row).and_then(|step| usize::try_from(step).ok());
        if let Some(slot) = step.and_then(|step| by_step.get_mut(step)) {
            *slot += answer.count("sessions", row);
        }
    }
    let mut sessions = 0;
    for slot in by_step.iter_mut().rev() {
        sessions += *slot;
        *slot = sessions;
    }
    ScrollDepth { sessions, reached: if sessions == 0 { Vec::new() } else { by_step } }
}
