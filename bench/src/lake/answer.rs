//! The compared part of an answer; `duckdb.py` produces the same shapes.

use domain::question::acquisition::AcquisitionAnswer;
use domain::question::engagement::{Engagement, EngagementFigures};
use domain::question::errors::ErrorGroupPage;
use domain::question::forms::{FieldFigures, FormFigures, FormReport};
use domain::question::friction_cost::FrictionCostList;
use domain::question::funnel::FunnelAnswer;
use domain::question::goals::{GoalAnswer, GoalCount};
use domain::question::heatmap::Heatmap;
use domain::question::journey::{JourneyAnswer, JourneyNode};
use domain::question::visitor_retention::RetentionAnswer;
use domain::question::{
    EventPage, FrictionItemPage, FrictionKind, FrictionPage, Overview, PageList, SessionPage,
    Totals, WebVitals,
};
use serde_json::{Value, json};

/// How far two numbers with fractions may lie apart, as a share of them.
const TOLERANCE: f64 = 1e-6;
/// How far an estimate may be off, in bounds of 95 %: one in ten thousand is further.
const BOUNDS: f64 = 2.0;

/// Whether both say the same.
pub(super) fn agree(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| agree(one, other))
        }
        (Value::Object(estimate), Value::Number(exact))
        | (Value::Number(exact), Value::Object(estimate)) => {
            let figure = |name: &str| estimate.get(name).and_then(Value::as_f64);
            match (figure("about"), figure("error"), exact.as_f64()) {
                (Some(about), Some(error), Some(exact)) => {
                    (about - exact).abs() <= BOUNDS * error * exact
                }
                _ => false,
            }
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| agree(one, other)))
        }
        (Value::Number(one), Value::Number(other)) => match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => (one - other).abs() <= TOLERANCE * one.abs().max(1.0),
            _ => false,
        },
        (one, other) => one == other,
    }
}

/// A distinct count of which 95 % are off by the share `error` at most.
fn distinct(count: u64, error: f64) -> Value {
    if error > 0.0 { json!({"about": count, "error": error}) } else { json!(count) }
}

pub(super) fn overview(answer: &Overview) -> Value {
    let totals = |totals: &Totals, error: f64| {
        json!([
            totals.events,
            totals.page_views,
            distinct(totals.visitors, error),
            distinct(totals.sessions, error),
            totals.friction,
            distinct(totals.friction_sessions, error),
        ])
    };
    let error = answer.distinct_error;
    let days = answer.series.iter().filter(|bucket| bucket.totals.events > 0);
    json!({
        "current": totals(&answer.totals, error),
        "previous": totals(&answer.previous, error),
        "days": days.map(|bucket| totals(&bucket.totals, error)).collect::<Vec<_>>(),
    })
}

pub(super) fn friction_kinds(kinds: &[FrictionKind]) -> Value {
    let entry = |kind: &FrictionKind| {
        let error = kind.distinct_error;
        let (sessions, visitors) = (distinct(kind.sessions, error), distinct(kind.visitors, error));
        (
            kind.kind.as_str().to_owned(),
            json!([kind.count, kind.previous_count, sessions, visitors]),
        )
    };
    Value::Object(kinds.iter().map(entry).collect())
}

pub(super) fn friction_items(answer: &FrictionItemPage) -> Value {
    let items = answer.items.iter().map(|item| {
        json!([
            item.element_selector,
            item.error_group,
            item.count,
            item.previous_count,
            item.sessions,
            item.visitors,
            item.pages,
            item.top_page,
            item.trend.iter().sum::<u64>(),
        ])
    });
    json!({ "total": answer.total, "items": items.collect::<Vec<_>>() })
}

pub(super) fn friction_pages(pages: &[FrictionPage]) -> Value {
    let pages = pages.iter().map(|page| {
        json!([page.path, page.count, page.previous_count, page.friction_sessions, page.sessions])
    });
    pages.collect()
}

pub(super) fn pages(answer: &PageList) -> Value {
    let pages = answer.pages.iter().map(|page| {
        json!([
            page.path,
            page.views,
            page.previous_views,
            page.visitors,
            page.sessions,
            page.friction
        ])
    });
    json!({ "total": answer.total, "pages": pages.collect::<Vec<_>>() })
}

pub(super) fn web_vitals(answer: &WebVitals) -> Value {
    let metrics = answer.metrics.iter();
    let metrics =
        metrics.map(|metric| json!([metric.p75, metric.samples, metric.good, metric.poor]));
    let pages = answer.pages.iter().map(|page| json!([page.path, page.samples, page.p75]));
    json!({ "metrics": metrics.collect::<Vec<_>>(), "pages": pages.collect::<Vec<_>>() })
}

pub(super) fn events(answer: &EventPage) -> Value {
    answer.events.iter().map(|event| json!(event.id.to_string())).collect()
}

pub(super) fn sessions(answer: &SessionPage) -> Value {
    let sessions = answer.sessions.iter().map(|session| {
        json!([
            session.session_id,
            session.events,
            session.page_views,
            session.friction,
            session.errors,
            session.entry_path,
            session.exit_path
        ])
    });
    json!({ "total": answer.total, "sessions": sessions.collect::<Vec<_>>() })
}

pub(super) fn funnel(answer: &FunnelAnswer) -> Value {
    answer.steps.iter().map(|step| json!(step.units)).collect()
}

pub(super) fn heatmap(map: &Heatmap) -> Value {
    let elements = map.elements.iter().map(|element| {
        json!([element.selector, element.events, element.previous_events, element.sessions])
    });
    let cells: u64 = map.cells.iter().map(|cell| cell.events).sum();
    json!({
        "page_views": map.totals.page_views,
        "clicks": map.totals.events,
        "elements": elements.collect::<Vec<_>>(),
        "clicks_in_cells": cells,
    })
}

/// Of each item, how many sessions are compared.
pub(super) fn friction_cost(answer: &FrictionCostList) -> Value {
    let mut items: Vec<Value> = answer
        .items
        .iter()
        .map(|item| {
            let name = item.element_selector.as_ref().or(item.error_group.as_ref());
            json!([
                name,
                item.cost.sessions,
                item.cost.matched_sessions,
                item.cost.control_sessions
            ])
        })
        .collect();
    items.sort_by_key(Value::to_string);
    items.into()
}

pub(super) fn errors(answer: &ErrorGroupPage) -> Value {
    let groups = answer.groups.iter().map(|group| {
        let (figures, seen) = (&group.figures, &group.seen);
        json!([
            group.group,
            figures.count,
            figures.previous_count,
            figures.sessions,
            figures.visitors,
            seen.first.micros(),
            seen.last.micros(),
            group.trend.iter().sum::<u64>(),
            group.browsers.first().map(|browser| browser.count),
            group.pages.first().map(|page| page.count),
        ])
    });
    json!({ "total": answer.total, "groups": groups.collect::<Vec<_>>() })
}

pub(super) fn acquisition(answer: &AcquisitionAnswer) -> Value {
    let rows = answer.rows.iter().map(|row| {
        let figures = &row.figures;
        json!([
            row.value,
            figures.sessions,
            row.previous_sessions,
            figures.visitors,
            figures.page_views,
            figures.engaged_sessions,
            figures.friction_sessions,
            figures.conversions,
            figures.median_seconds,
        ])
    });
    rows.collect()
}

pub(super) fn engagement(answer: &Engagement) -> Value {
    let figures = |figures: &EngagementFigures| {
        json!([
            figures.sessions,
            figures.engaged_sessions,
            figures.converting_sessions,
            figures.conversions
        ])
    };
    let series: Vec<Value> = answer.series.iter().map(|bucket| figures(&bucket.figures)).collect();
    json!({ "totals": figures(&answer.totals), "previous": figures(&answer.previous), "series": series })
}

pub(super) fn goals(answer: &GoalAnswer) -> Value {
    let count = |goal: &GoalCount| {
        let GoalCount { current, previous, .. } = goal;
        json!([current.conversions, current.converting_sessions, previous.conversions])
    };
    let goals: Vec<Value> = answer.goals.iter().map(count).collect();
    json!({ "sessions": answer.sessions, "goals": goals })
}

pub(super) fn forms(answer: &FormReport) -> Value {
    let field = |it: &FieldFigures| {
        json!([it.field, it.reached, it.abandoned, it.corrected, it.refused, it.left_empty])
    };
    let form = |it: &FormFigures| {
        let fields: Vec<Value> = it.fields.iter().map(field).collect();
        json!([
            it.path,
            it.form,
            it.starts,
            it.submissions,
            it.previous_starts,
            it.previous_submissions,
            fields
        ])
    };
    let forms: Vec<Value> = answer.forms.iter().map(form).collect();
    json!({ "total": answer.total, "forms": forms })
}

pub(super) fn journeys(answer: &JourneyAnswer) -> Value {
    let node = |node: &JourneyNode| json!([node.page, node.sessions, node.ended]);
    let steps = answer.steps.iter();
    steps.map(|step| step.nodes.iter().map(node).collect::<Value>()).collect()
}

pub(super) fn visitor_retention(answer: &RetentionAnswer) -> Value {
    let cohorts = answer.cohorts.iter();
    cohorts.map(|cohort| json!([cohort.visitors, cohort.returned])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_agree_up_to_the_last_digits_of_fractions_only() {
        let answer = json!({ "a": [1, "x", 0.3], "b": null });
        assert!(agree(&answer, &json!({ "a": [1.0, "x", 0.300_000_000_1], "b": null })));
        assert!(!agree(&answer, &json!({ "a": [2, "x", 0.3], "b": null })));
        assert!(!agree(&answer, &json!({ "a": [1, "x"], "b": null })));
        assert!(!agree(&answer, &json!({ "a": [1, "x", 0.3], "c": null })));
        assert!(!agree(&json!(1), &json!("1")));
    }
}
