//! Judging each event by its widget, and gathering what goes into one project.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use domain::id::WidgetId;
use engine::ingest::{AdmittedSender, IncomingItem, Rejection, WidgetEntry};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::item;
use crate::ingest::error::{RejectedItem, RequestRejection};
use crate::ingest::intake::Intake;
use crate::object;

/// Widgets that one request may name: each is looked up, and a page embeds few.
const MAX_WIDGETS: usize = 100;

/// The members of an event that tell whether it may be stored.
#[derive(Deserialize)]
struct Identity<'a> {
    #[serde(borrow)]
    widget_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    page_url: Option<&'a RawValue>,
}

/// The events of one project, with their places in the request.
pub(super) struct ProjectBatch<'a> {
    pub(super) admitted: AdmittedSender,
    pub(super) items: Vec<IncomingItem<'a>>,
    pub(super) indexes: Vec<usize>,
}

/// A request's events, sorted.
pub(super) struct GroupedEvents<'a> {
    pub(super) groups: Vec<ProjectBatch<'a>>,
    /// How many events are of demo widgets.
    pub(super) demo: usize,
    /// Events that name no widget of any project.
    pub(super) unaccounted: Vec<RejectedItem>,
    /// Whether the page may read the answer: unless every widget refuses its origin.
    pub(super) is_readable: bool,
}

/// Sorts events by their widgets' projects; what a widget may not send goes along as a refusal, so that
/// its project accounts for it.
pub(super) async fn by_project<'a>(
    intake: Intake<'_>,
    events: &[&'a RawValue],
) -> Result<GroupedEvents<'a>, RequestRejection> {
    let mut sorted =
        GroupedEvents { groups: Vec::new(), demo: 0, unaccounted: Vec::new(), is_readable: true };
    let mut known: HashMap<WidgetId, Option<Arc<WidgetEntry>>> = HashMap::new();
    let mut foreign = 0;
    for (index, raw) in events.iter().enumerate() {
        let identity: Option<Identity<'_>> = object::from_str(raw.get()).ok();
        let (id, page_url) = match identity.as_ref().map(widget_id) {
            None => {
                let detail = "an event must be a JSON object with a widget_id".to_owned();
                sorted.unaccounted.push(RejectedItem::unaccounted(index, "invalid_field", detail));
                continue;
            }
            Some(Err((reason, detail))) => {
                sorted.unaccounted.push(RejectedItem::unaccounted(index, reason, detail));
                continue;
            }
            Some(Ok(id)) => (id, identity.and_then(|identity| page_url(identity.page_url))),
        };
        if known.len() >= MAX_WIDGETS && !known.contains_key(&id) {
            let detail = format!("widget_id: a request can name at most {MAX_WIDGETS} widgets");
            sorted.unaccounted.push(RejectedItem::unaccounted(index, "invalid_field", detail));
            continue;
        }
        let entry = match known.entry(id) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(slot) => {
                let found = intake.app.widgets.directory().find(id).await;
                slot.insert(found.map_err(|error| RequestRejection::engine(&error))?)
            }
        };
        let Some(entry) = entry else {
            let detail = "widget_id is unknown".to_owned();
            sorted.unaccounted.push(RejectedItem::unaccounted(index, "unknown_widget", detail));
            continue;
        };
        let sender = entry.check(intake.origin().or(page_url.as_deref()));
        foreign += usize::from(is_foreign(&sender));
        if sender.is_ok() && entry.widget.is_demo {
            sorted.demo += 1;
            continue;
        }
        let event = sender.and_then(|()| item::read(raw.get(), intake.user_agent()));
        let group = group(&mut sorted.groups, entry);
        group.items.push(IncomingItem::new(raw.get().as_bytes(), event));
        group.indexes.push(index);
    }
    sorted.is_readable = events.is_empty() || foreign < events.len();
    Ok(sorted)
}

fn widget_id(identity: &Identity<'_>) -> Result<WidgetId, (&'static str, String)> {
    let text = identity.widget_id.as_deref().filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| ("missing_field", "widget_id is missing".to_owned()))?;
    text.parse().map_err(|_| ("unknown_widget", "widget_id is unknown".to_owned()))
}

fn page_url(raw: Option<&RawValue>) -> Option<String> {
    serde_json::from_str(raw?.get()).ok()
}

fn is_foreign(sender: &Result<(), Rejection>) -> bool {
    let reason = sender.as_ref().err().map(|rejection| rejection.reason);
    reason == Some(domain::outcome::RejectionReason::OriginNotAllowed)
}

/// The group of a widget's project; there are few.
fn group<'g, 'a>(
    groups: &'g mut Vec<ProjectBatch<'a>>,
    entry: &WidgetEntry,
) -> &'g mut ProjectBatch<'a> {
    let project = entry.widget.project_id;
    let found = groups.iter().position(|group| group.admitted.project_id == project);
    let index = found.unwrap_or_else(|| {
        let (items, indexes) = (Vec::new(), Vec::new());
        groups.push(ProjectBatch { admitted: entry.admitted(), items, indexes });
        groups.len() - 1
    });
    &mut groups[index]
}
