//! The OpenAPI document, from the code that answers.

use domain::role::Role;
use utoipa::OpenApi;
use utoipa::openapi::{self, RefOr};

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

/// Says of every operation what the framework around it answers: problems by their own media type, and
/// what is wrong with a body before its fields are looked at.
pub(crate) fn complete(document: &mut openapi::OpenApi) {
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        let responses = &mut operation.responses.responses;
        let mut has_problems = false;
        for response in responses.values_mut() {
            let RefOr::T(response) = response else { continue };
            has_problems |= name_problems(response);
        }
        let is_for_programs = has_problems && responses.contains_key("401");
        let has_body = has_problems && operation.request_body.is_some();
        let limited = is_for_programs.then_some(OF_EVERY_SECRET_KEY);
        for (status, description) in
            limited.into_iter().chain(OF_EVERY_BODY.into_iter().filter(|_| has_body))
        {
            let answer = || problem(description).into();
            responses.entry(status.to_owned()).or_insert_with(answer);
        }
    }
}

/// What every operation answers a program that asks too often.
const OF_EVERY_SECRET_KEY: (&str, &str) =
    ("429", "The secret key's rate_limit_per_minute is used up; see Retry-After");

/// What every operation with a JSON body may answer.
const OF_EVERY_BODY: [(&str, &str); 4] = [
    ("400", "The body is no JSON of the expected shape; `field` names what is wrong"),
    ("413", "The body is larger than 64 KiB"),
    ("415", "The body is not sent as application/json"),
    ("503", "There is no memory for the body now; see Retry-After"),
];

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

fn operations(item: &mut openapi::PathItem) -> impl Iterator<Item = &mut openapi::path::Operation> {
    let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    all.into_iter().flatten()
}

/// Gives an error its media type. Whether it is one of ours.
fn name_problems(response: &mut openapi::Response) -> bool {
    let is_problem = response.content.get(JSON).is_some_and(|content| {
        let RefOr::T(content) = content else { return false };
        matches!(&content.schema, Some(RefOr::Ref(to)) if to.ref_location.ends_with("/Problem"))
    });
    if is_problem && let Some(content) = response.content.shift_remove(JSON) {
        response.content.insert(PROBLEM.to_owned(), content);
    }
    is_problem
}

fn problem(description: &str) -> openapi::Response {
    let content = openapi::Content::new(Some(openapi::Ref::from_schema_name("Problem")));
    openapi::Response::builder().description(description).content(PROBLEM, content).build()
}

/// The document as pretty JSON with a final line break.
pub fn document_json() -> String {
    let (_, document) = crate::router::documented();
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}
