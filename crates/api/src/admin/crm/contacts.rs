//! `/api/projects/{project_id}/contacts`.

use axum::Extension;
use axum::extract::{Path, State};
use domain::crm::ContactId;
use domain::id::MemberId;
use engine::crm::{ContactPatch, DealValueEdit};
use engine::ports::catalog::{Actor, ContactQuery, ContactSort};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::contact_answer::ContactAnswer;
use super::params::{ContactPath, DEFAULT_LIMIT, FieldUpdate, non_empty};
use crate::cursor;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

/// The orders there are, by name.
const SORTS: [(&str, ContactSort); 6] = [
    ("last_activity", ContactSort::LastActivity),
    ("created_at", ContactSort::CreatedAt),
    ("total_bookings", ContactSort::TotalBookings),
    ("total_revenue", ContactSort::TotalRevenue),
    ("estimated_deal_value", ContactSort::DealValue),
    ("website_visits", ContactSort::WebsiteVisits),
];

/// Which contacts, in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ContactsQuery {
    /// Part of a name, e-mail, phone number or user id, whatever the case.
    search: Option<String>,
    /// Exactly this status.
    lead_status: Option<String>,
    /// `last_activity` (default), `created_at`, `total_bookings`, `total_revenue`,
    /// `estimated_deal_value` or `website_visits`; largest or latest first.
    sort: Option<String>,
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of contacts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactList {
    contacts: Vec<ContactAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// What to change of a contact; fields left out stay, an empty text clears its field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactChange {
    /// An address no other contact has.
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone: Option<String>,
    lead_source: Option<String>,
    /// Any text of 1 to 60 characters, also one that no rule gives.
    lead_status: Option<String>,
    /// null clears it.
    #[serde(default)]
    #[schema(value_type = Option<NewAmount>)]
    estimated_deal_value: FieldUpdate<NewAmount>,
}

/// An amount to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAmount {
    /// In major units.
    amount: f64,
    /// ISO 4217.
    currency: String,
}

impl ContactsQuery {
    /// The query, by whose order the cursor is read.
    pub(super) fn query(self) -> Result<ContactQuery, Error> {
        let sort = match non_empty(self.sort) {
            None => ContactSort::default(),
            Some(name) => {
                let found = SORTS.iter().find(|(known, _)| *known == name);
                let names = || SORTS.iter().map(|(name, _)| *name).collect();
                found.ok_or_else(|| Error::not_allowed("sort", names()))?.1
            }
        };
        let after = cursor::read(&list_by(sort), self.cursor.as_deref())?;
        Ok(ContactQuery {
            search: self.search,
            lead_status: non_empty(self.lead_status),
            sort,
            after: after.map(|(key, id)| (key, ContactId(id))),
            limit: self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000),
        })
    }
}

/// Named in cursors.
fn list_by(sort: ContactSort) -> String {
    format!("contacts by {sort:?}")
}

/// Contacts, searched, filtered and sorted.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/contacts", tag = "CRM", operation_id = "contacts",
    params(("project_id" = uuid::Uuid, Path), ContactsQuery),
    responses((status = 200, body = ContactList), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<ContactsQuery>,
) -> Result<Json<ContactList>, Error> {
    let query = query.query()?;
    let (sort, limit) = (query.sort, query.limit);
    let contacts = app.crm.contacts(allowed.project_id, query).await?;
    let next_cursor =
        cursor::next(&list_by(sort), &contacts, limit, |last| (sort.key(&last.state), last.id.0))?;
    Ok(Json(ContactList { contacts: contacts.into_iter().map(Into::into).collect(), next_cursor }))
}

/// One contact, found by its id and by every id that was merged into it.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/contacts/{contact_id}", tag = "CRM", operation_id = "contact",
    params(("project_id" = uuid::Uuid, Path), ("contact_id" = String, Path)),
    responses((status = 200, body = ContactAnswer), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<ContactPath>,
) -> Result<Json<ContactAnswer>, Error> {
    Ok(Json(app.crm.contact(allowed.project_id, path.id()?).await?.into()))
}

/// Changes a contact. The change is an entry of the timeline; later events may change the same
/// fields again, and earlier events that arrive late do not.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/contacts/{contact_id}", tag = "CRM", operation_id = "change_contact",
    params(("project_id" = uuid::Uuid, Path), ("contact_id" = String, Path)), request_body = ContactChange,
    responses(
        (status = 200, body = ContactAnswer), Analyst, Unprocessable,
        (status = 409, body = Problem, description = "Another contact has this e-mail"),
    ),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn change(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ContactPath>,
    Json(change): Json<ContactChange>,
) -> Result<Json<ContactAnswer>, Error> {
    let deal_value = match change.estimated_deal_value {
        FieldUpdate::Stays => None,
        FieldUpdate::Cleared => Some(DealValueEdit::None),
        FieldUpdate::Set(value) => {
            Some(DealValueEdit::Amount { major: value.amount, currency: value.currency })
        }
    };
    let changes = ContactPatch {
        email: change.email,
        first_name: change.first_name,
        last_name: change.last_name,
        phone: change.phone,
        lead_source: change.lead_source,
        lead_status: change.lead_status,
        deal_value,
    };
    let id = path.id()?;
    Ok(Json(
        app.crm.change_contact(allowed.project_id, id, MemberId(actor.id), changes).await?.into(),
    ))
}
