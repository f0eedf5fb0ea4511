//! `GET /api/projects/{project_id}/contacts.csv`.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::id::ProjectId;
use domain::money::Money;
use domain::time::Timestamp;
use engine::ports::catalog::{Contact, ContactQuery};
use futures::stream;

use super::contacts::ContactsQuery;
use crate::csv::{Cell, Csv};
use crate::error::Error;
use crate::extract::{Analyst, Query};
use crate::state::App;

/// Contacts read at a time.
const PAGE: u32 = 1_000;
const COLUMNS: [&str; 17] = [
    "id",
    "user_id",
    "email",
    "first_name",
    "last_name",
    "phone",
    "lead_source",
    "lead_status",
    "last_activity",
    "last_action",
    "last_vehicle_viewed",
    "last_search_location",
    "estimated_deal_value",
    "total_bookings",
    "total_revenue",
    "website_visits",
    "created_at",
];

/// Where an export stands.
struct Export {
    app: App,
    project: ProjectId,
    /// None when the last page was read.
    next: Option<ContactQuery>,
    is_begun: bool,
}

/// All contacts of a search as comma-separated values, one row each.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/contacts.csv", tag = "CRM", operation_id = "export_contacts",
    params(("project_id" = uuid::Uuid, Path), ContactsQuery),
    responses((status = 200, body = String, content_type = "text/csv"), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn export(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<ContactsQuery>,
) -> Result<Response, Error> {
    let first = ContactQuery { limit: PAGE, ..query.query()? };
    let mut export =
        Export { app, project: allowed.project_id, next: Some(first), is_begun: false };
    // The first page before the answer's status is given: later failures can only cut it short.
    let head = export.page().await?;
    let rest = stream::try_unfold(export, |mut export| async move {
        let page = export.page().await.inspect_err(crate::error::log)?;
        Ok::<_, engine::Error>(page.map(|page| (page, export)))
    });
    let head = stream::iter(head.map(Ok));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"contacts.csv\""),
    ];
    Ok((headers, Body::from_stream(futures::StreamExt::chain(head, rest))).into_response())
}

impl Export {
    /// The next rows; none after the last.
    async fn page(&mut self) -> Result<Option<Bytes>, engine::Error> {
        let Some(query) = self.next.take() else { return Ok(None) };
        let (sort, limit) = (query.sort, query.limit as usize);
        let contacts = self.app.crm.contacts(self.project, query.clone()).await?;
        let mut csv = Csv::default();
        if !std::mem::replace(&mut self.is_begun, true) {
            csv.row(COLUMNS.map(Cell::Text));
        }
        for contact in &contacts {
            push_contact(&mut csv, contact);
        }
        self.next = contacts
            .last()
            .filter(|_| contacts.len() == limit)
            .map(|last| ContactQuery { after: Some((sort.key(&last.state), last.id)), ..query });
        Ok(Some(Bytes::from(csv.finish())))
    }
}

fn push_contact(csv: &mut Csv, contact: &Contact) {
    let state = &contact.state;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let amount = |money: &Money| format!("{} {}", money.to_decimal(), money.currency.as_str());
    let totals = state.total_revenue.iter();
    let revenue: Vec<String> = totals
        .map(|(currency, minor)| amount(&Money { minor: *minor, currency: currency.clone() }))
        .collect();
    let cells = [
        contact.id.to_string(),
        text(&state.user_id),
        text(&state.email),
        text(&state.first_name),
        text(&state.last_name),
        text(&state.phone),
        text(&state.lead_source),
        state.lead_status.clone(),
        state.last_activity.map(Timestamp::to_rfc3339).unwrap_or_default(),
        text(&state.last_action),
        text(&state.last_vehicle_viewed),
        text(&state.last_search_location),
        state.estimated_deal_value.as_ref().map(amount).unwrap_or_default(),
        state.total_bookings.to_string(),
        revenue.join("; "),
        state.website_visits.to_string(),
        state.created_at.to_rfc3339(),
    ];
    csv.row(cells.iter().map(|cell| Cell::filled(cell)));
}
