//! The row of a contact.

use std::collections::BTreeMap;

use domain::crm::{ContactId, ContactState};
use domain::id::ProjectId;
use domain::money::Money;
use domain::time::Timestamp;
use engine::ports::catalog::{Contact, Error};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::bulk::{self, Value};
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::stored::{decode, encode};

/// A contact's state, under the very id it has now.
pub(super) async fn state(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: ContactId,
) -> Result<Option<ContactState>, Error> {
    let row = sqlx::query("SELECT state FROM crm_contacts WHERE project_id = $1 AND id = $2")
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.map(|row| decode(&row.text("state")?)).transpose()
}

/// The states of these contacts, under the very ids they have now.
pub(super) async fn states(
    connection: &mut AnyConnection,
    project: ProjectId,
    ids: &[ContactId],
) -> Result<BTreeMap<ContactId, ContactState>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| [id.to_string().into()]).collect();
    let statement = "SELECT id, state FROM crm_contacts WHERE project_id = $1 AND id IN (KEYS)";
    let rows = bulk::select(connection, statement, project, &keys).await?;
    let state = |row: &AnyRow| {
        let id = row.text("id")?.parse().map_err(|_| malformed("id"))?;
        Ok((id, decode(&row.text("state")?)?))
    };
    rows.iter().map(state).collect()
}

/// A contact out of its columns `id`, `state` and `lead_score`.
pub(super) fn contact(row: &AnyRow) -> Result<Contact, Error> {
    Ok(Contact {
        id: row.text("id")?.parse().map_err(|_| malformed("id"))?,
        state: decode(&row.text("state")?)?,
        lead_score: row.try_get("lead_score").map_err(sql)?,
    })
}

/// A contact as a row.
pub(super) fn row(
    project: ProjectId,
    id: ContactId,
    state: &ContactState,
) -> Result<[Value; 24], Error> {
    let count = |count: u64| i64::try_from(count).map_err(|_| malformed("count"));
    let minor = |money: &Option<Money>| money.as_ref().map_or(0, |money| money.minor);
    let code =
        |money: &Option<Money>| money.as_ref().map(|money| money.currency.as_str().to_owned());
    let (deal, revenue) = (&state.estimated_deal_value, &state.main_revenue());
    let folded_at = state.folded.map_or(Timestamp::EPOCH, |(at, _)| at);
    Ok([
        project.into(),
        id.to_string().into(),
        state.user_id.clone().into(),
        state.email.clone().into(),
        state.first_name.clone().into(),
        state.last_name.clone().into(),
        state.phone.clone().into(),
        state.lead_source.clone().into(),
        state.lead_status.as_str().into(),
        last_activity(state).into(),
        state.last_action.clone().into(),
        state.last_vehicle_viewed.clone().into(),
        state.last_search_location.clone().into(),
        minor(deal).into(),
        code(deal).into(),
        count(state.total_bookings)?.into(),
        minor(revenue).into(),
        code(revenue).into(),
        count(state.website_visits)?.into(),
        state.created_at.into(),
        state.open_booking.as_ref().map(|open| open.last_at).into(),
        folded_at.into(),
        state.search_text().into(),
        encode(state)?.into(),
    ])
}

/// Stores contacts.
pub(super) async fn write(
    connection: &mut AnyConnection,
    rows: Vec<[Value; 24]>,
) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO crm_contacts (project_id, id, user_id, email, first_name, last_name, phone,
           lead_source, lead_status, last_activity, last_action, last_vehicle_viewed,
           last_search_location, deal_value_minor, deal_value_currency, total_bookings,
           total_revenue_minor, total_revenue_currency, website_visits, created_at,
           booking_open_at, folded_at, search_text, state)",
        "ON CONFLICT (project_id, id) DO UPDATE SET
           user_id = excluded.user_id, email = excluded.email, first_name = excluded.first_name,
           last_name = excluded.last_name, phone = excluded.phone,
           lead_source = excluded.lead_source, lead_status = excluded.lead_status,
           last_activity = excluded.last_activity, last_action = excluded.last_action,
           last_vehicle_viewed = excluded.last_vehicle_viewed,
           last_search_location = excluded.last_search_location,
           deal_value_minor = excluded.deal_value_minor,
           deal_value_currency = excluded.deal_value_currency,
           total_bookings = excluded.total_bookings,
           total_revenue_minor = excluded.total_revenue_minor,
           total_revenue_currency = excluded.total_revenue_currency,
           website_visits = excluded.website_visits, created_at = excluded.created_at,
           booking_open_at = excluded.booking_open_at, folded_at = excluded.folded_at,
           search_text = excluded.search_text, state = excluded.state",
        rows,
    )
    .await?;
    Ok(())
}

/// The latest event; the first fact where no event is known.
fn last_activity(state: &ContactState) -> Timestamp {
    state.last_activity.unwrap_or(state.created_at)
}
