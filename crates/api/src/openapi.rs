//! The OpenAPI document, from the code that answers.

use std::collections::BTreeMap;

use domain::role::Role;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{self, RefOr};
use utoipa::{OpenApi, ToSchema};

use crate::error::Problem;
use crate::ingest::{self, IngestError};
use crate::list_export::RowCount;

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

const FOREIGN_PAGE: [(u16, &str); 1] = [(403, "The request comes from another site's page")];

const UNREADABLE_QUERY: [(u16, &str); 1] =
    [(400, "A parameter of the query cannot be read; `field` names it")];

const UNREADABLE_BODY: [(u16, &str); 4] = [
    (400, "The body is not JSON of the expected shape; `field` names what is wrong"),
    (413, "The body is larger than 64 KiB"),
    (415, "The body is not sent as application/json"),
    (503, "Too many request bodies are being read; see Retry-After"),
];

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
    components(schemas(Problem, IngestError, RowCount)),
    tags(
        (name = "Ingest", description = "Receives events. Keys are public and may only write."),
        (name = "Questions", description = "Figures of a project, for members and secret keys."),
        (name = "Errors", description = "Errors of a project's pages, what is decided about them and whom they hit."),
        (name = "Customers", description = "Customers, their sessions and figures."),
        (name = "SQL", description = "The named tables of a project, queried with PostgreSQL's SQL."),
        (name = "Saved questions", description = "Statements of SQL that members keep."),
        (name = "Share links", description = "Links that show a page to people who are no members."),
        (name = "Boards", description = "Figures, charts and tables of any page that members put together."),
        (name = "Segments", description = "Filters that members save under a name."),
        (name = "Events", description = "Received events and their outcomes."),
        (name = "Recordings", description = "Session recordings and screenshots."),
        (name = "CRM", description = "Contacts, tasks and the rules between them."),
        (name = "People", description = "Contacts and customers seen as one: everything known of a person."),
        (name = "API keys"), (name = "Widgets"), (name = "Projects"), (name = "Members"),
        (name = "Secret keys", description = "Keys for programs that read in place of a signed-in member."),
        (name = "Webhooks", description = "Sends changes of contacts and tasks to URLs, by the Standard Webhooks scheme."),
        (name = "Privacy", description = "Exports and erases the data of one person."),
        (name = "Billing", description = "Calls of the widgets and what they cost."),
        (name = "Operations", description = "State of the server, for its owner."),
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

/// Adds to the dashboard's operations what follows from their shape: a request that changes something must
/// come from our own pages, and a query or a body may be unreadable. Whatever they say themselves stays.
pub(crate) fn complete(document: &mut openapi::OpenApi) {
    for item in document.paths.paths.values_mut() {
        let changing = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        changing.into_iter().flatten().for_each(|operation| add(operation, &FOREIGN_PAGE));
        for operation in operations(item) {
            operation.responses.responses.values_mut().for_each(name_problem);
            if has_query(operation) {
                add(operation, &UNREADABLE_QUERY);
            }
            if operation.request_body.is_some() {
                add(operation, &UNREADABLE_BODY);
            }
        }
    }
}

/// Responses by status.
pub(crate) type Responses = BTreeMap<String, RefOr<openapi::Response>>;

/// The meaning of each status, answered by a problem document: a set of errors for `IntoResponses`.
pub(crate) fn problems(errors: &[(u16, &str)]) -> Responses {
    errors_as::<Problem>(PROBLEM, errors)
}

/// The meaning of each status, answered by this schema.
pub(crate) fn errors_as<T: ToSchema>(media_type: &str, errors: &[(u16, &str)]) -> Responses {
    let response = |description: &str| {
        let content = openapi::Content::new(Some(openapi::Ref::from_schema_name(T::name())));
        openapi::Response::builder().description(description).content(media_type, content).build()
    };
    let by_status =
        |(status, description): &(u16, &str)| (status.to_string(), response(description).into());
    errors.iter().map(by_status).collect()
}

fn operations(item: &mut openapi::PathItem) -> impl Iterator<Item = &mut Operation> {
    let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    all.into_iter().flatten()
}

fn has_query(operation: &Operation) -> bool {
    operation.parameters.iter().flatten().any(|parameter| {
        matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query)
    })
}

fn add(operation: &mut Operation, errors: &[(u16, &str)]) {
    for (status, response) in problems(errors) {
        operation.responses.responses.entry(status).or_insert(response);
    }
}

/// Gives a problem document its media type: `#[utoipa::path]` takes every body for plain JSON.
fn name_problem(response: &mut RefOr<openapi::Response>) {
    let RefOr::T(response) = response else { return };
    let is_problem = response.content.get(JSON).is_some_and(|content| {
        let RefOr::T(content) = content else { return false };
        matches!(&content.schema, Some(RefOr::Ref(to)) if to.ref_location.ends_with("/Problem"))
    });
    if is_problem && let Some(content) = response.content.shift_remove(JSON) {
        response.content.insert(PROBLEM.to_owned(), content);
    }
}

/// The document as pretty JSON with a final line break.
pub fn document_json() -> String {
    let (_, document) = crate::router::documented();
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}
