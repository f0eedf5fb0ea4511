//! `GET /api/projects/{project_id}/people/{person_id}`.

use axum::extract::{Path, State};
use domain::time::Timestamp;
use engine::people::Person;
use serde::Serialize;
use utoipa::ToSchema;

use super::PersonPath;
use super::figures::FiguresAnswer;
use crate::admin::ContactAnswer;
use crate::customers::CustomerAnswer;
use crate::error::Error;
use crate::extract::{Analyst, Json};
use crate::state::App;

/// Browsers of a person that are named, at most.
const MAX_VISITORS: usize = 20;

/// A person: their contact, their customers, or both.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub(super) struct PersonAnswer {
    /// The contact's id, else the user id: the id of this page.
    id: String,
    /// Null where no customer event named them.
    contact: Option<ContactAnswer>,
    /// One for each user id with sessions or purchases, active last first; without their sessions.
    customers: Vec<CustomerAnswer>,
    user_ids: Vec<String>,
    /// In lower case.
    emails: Vec<String>,
    /// Ids of browsers they were seen with, 20 at most.
    visitor_ids: Vec<String>,
    #[schema(format = DateTime)]
    first_seen_at: Option<String>,
    #[schema(format = DateTime)]
    last_seen_at: Option<String>,
    figures: FiguresAnswer,
}

impl From<Person> for PersonAnswer {
    fn from(person: Person) -> Self {
        let Person { contact, customers, identifiers, figures } = person;
        let of_contact = contact.as_ref().map(|contact| &contact.state);
        let created = of_contact.map(|state| state.created_at);
        let active = of_contact.and_then(|state| state.last_activity);
        let first = created.into_iter().chain(customers.iter().map(|row| row.created_at)).min();
        let last = active.into_iter().chain(customers.iter().map(|row| row.updated_at)).max();
        let customer_id = customers.first().map(|row| row.user_id.clone());
        let id = contact.as_ref().map(|contact| contact.id.to_string()).or(customer_id);
        Self {
            id: id.unwrap_or_default(),
            contact: contact.map(Into::into),
            customers: customers.into_iter().map(CustomerAnswer::without_sessions).collect(),
            user_ids: identifiers.user_ids.into_iter().collect(),
            emails: identifiers.emails.into_iter().collect(),
            visitor_ids: identifiers.visitor_ids.into_iter().take(MAX_VISITORS).collect(),
            first_seen_at: first.map(Timestamp::to_rfc3339),
            last_seen_at: last.map(Timestamp::to_rfc3339),
            figures: figures.into(),
        }
    }
}

/// A person, found by a contact's id (also one that was merged) or by a user id.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/people/{person_id}", tag = "People", operation_id = "person",
    params(("project_id" = Uuid, Path), ("person_id" = String, Path, description = "A contact's id or a user id")),
    responses((status = 200, body = PersonAnswer), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn person(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<PersonPath>,
) -> Result<Json<PersonAnswer>, Error> {
    Ok(Json(app.people.person(allowed.project_id, &path.person_id).await?.into()))
}
