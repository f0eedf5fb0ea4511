//! The OpenAPI document, from the code that answers.

use domain::role::Role;
use utoipa::{OpenApi, openapi};

use crate::ingest;

/// What the routes do not say of themselves.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Footfall",
        description = "Behaviour analytics in one binary. Ingest answers 2xx after the events are on disk.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    paths(
        ingest::ingest_events,
        ingest::flush_behavior,
        ingest::track_customer,
        ingest::track_widgets,
        ingest::start_session,
        ingest::end_session,
        ingest::ingest_recording,
        ingest::upload_screenshot,
        ingest::order,
        ingest::booking,
    ),
    tags(
        (name = "Ingest", description = "Events in. Keys are public and may only write."),
        (name = "Questions", description = "Figures out, for signed-in members."),
        (name = "Customers", description = "Customers, their sessions and figures."),
        (name = "SQL", description = "The named tables of a project, asked by PostgreSQL's SQL."),
        (name = "Events", description = "The account of what was received."),
        (name = "Recordings", description = "Recordings of visits and pictures of pages."),
        (name = "CRM", description = "Contacts, tasks and the rules between them."),
        (name = "API keys"), (name = "Widgets"), (name = "Projects"), (name = "Members"),
        (name = "Secret keys", description = "Keys with which programs read, in place of a signed-in member."),
        (name = "Webhooks", description = "Who is told of changes of contacts and tasks, by the Standard Webhooks scheme."),
        (name = "Privacy", description = "Everything known of a person, and forgetting it."),
        (name = "Billing", description = "Calls of the widgets and what they cost."),
    ),
)]
pub(crate) struct Document;

/// The least role that may do an operation, as its `x-role` declares it.
pub(crate) fn needed_role(document: &openapi::OpenApi, operation_id: &str) -> Option<Role> {
    let operations = document.paths.paths.values().flat_map(|item| {
        [&item.get, &item.post, &item.put, &item.patch, &item.delete].into_iter().flatten()
    });
    let found = operations
        .into_iter()
        .find(|operation| operation.operation_id.as_deref() == Some(operation_id))?;
    let declared = found.extensions.as_ref()?.get("x-role")?.as_str()?;
    Role::parse(declared.split(',').next()?)
}

/// The document as pretty JSON with a final line break.
pub fn document_json() -> String {
    let (_, document) = crate::router::documented();
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}
