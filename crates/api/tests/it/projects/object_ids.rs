//! Ids of things in another project, asked for under one's own project's path: they are answered like
//! ids of nothing.
//!
//! The operations are read from the OpenAPI document. One whose path or query has a parameter named
//! `…_id` needs an object here that it finds in its own project; one that changes something needs a
//! body that does.

mod objects;

use domain::id::ProjectId;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};
use objects::{ObjectFactory, unknown};

const ROOT: &str = "/api/projects/{project_id}";
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Answered by the lake, whose own tests ask for another project's: there is none here.
const BY_THE_LAKE: [&str; 7] = [
    "error",
    "error_people",
    "error_sessions",
    "person_timeline",
    "session",
    "session_events",
    "sessions",
];

/// An operation on something in a project.
struct Operation {
    name: String,
    method: String,
    path: String,
    /// Parameters of the path, the project aside, in their order.
    in_path: Vec<String>,
    /// Parameters of the query.
    in_query: Vec<String>,
}

/// What to send, so that the operation succeeds on an object of one's own; none: not decided yet.
fn body(operation: &str) -> Option<Value> {
    Some(match operation {
        "change_api_key" => json!({"key_name": "Renamed"}),
        "change_contact" => json!({"lead_status": "Qualified"}),
        "change_error" => json!({"status": "resolved"}),
        "change_goal" => json!({"version": 1, "name": "Booking", "kind": "booking"}),
        "change_member" => json!({"role": "analyst"}),
        "add_person_note" | "comment_on_task" | "edit_person_note" => json!({"text": "Called"}),
        "change_saved_question" => {
            let question = json!({"name": "Renamed", "statement": "q", "visibility": "project"});
            json!({"version": 1, "question": question})
        }
        "replace_board" => {
            json!({"version": 1, "board": {"name": "Renamed", "visibility": "project"}})
        }
        "change_task" => json!({"status": "done"}),
        "change_webhook" => json!({"description": "Changed"}),
        "change_segment" | "change_widget" => json!({"name": "Renamed"}),
        "run_saved_question" => json!({}),
        "resend_failed_event"
        | "resend_webhook_delivery"
        | "rotate_webhook_secret"
        | "test_webhook" => Value::Null,
        _ => return None,
    })
}

fn is_object_id(parameter: &str) -> bool {
    parameter.ends_with("_id") && parameter != "project_id"
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&api::openapi::document_json()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let mut found = Vec::new();
    for (path, item) in paths.iter().filter(|(path, _)| path.starts_with(ROOT)) {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let named = |place: &str| -> Vec<String> {
                let there = parameters.iter().filter(|parameter| parameter["in"] == *place);
                there
                    .filter_map(|parameter| parameter["name"].as_str())
                    .map(str::to_owned)
                    .collect()
            };
            let in_path: Vec<String> =
                named("path").into_iter().filter(|name| name != "project_id").collect();
            let in_query: Vec<String> =
                named("query").into_iter().filter(|name| is_object_id(name)).collect();
            let name = operation["operationId"].as_str().unwrap_or(path).to_owned();
            let is_by_id = in_path.iter().any(|name| is_object_id(name)) || !in_query.is_empty();
            if is_by_id && !BY_THE_LAKE.contains(&&*name) {
                let (method, path) = (method.to_uppercase(), path.clone());
                found.push(Operation { name, method, path, in_path, in_query });
            }
        }
    }
    found
}

/// Parameters and their values.
type ObjectIds = Vec<(String, String)>;

impl Operation {
    fn request(&self, project: ProjectId, ids: &ObjectIds) -> String {
        let path = self.path.replace("{project_id}", &project.to_string());
        let is_of_path = |name: &String| self.in_path.contains(name);
        let path = ids
            .iter()
            .filter(|(name, _)| is_of_path(name))
            .fold(path, |path, (name, value)| path.replace(&format!("{{{name}}}"), value));
        let query: Vec<String> = ids
            .iter()
            .filter(|(name, _)| !is_of_path(name))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// Sends it with a body that it takes.
    async fn send(&self, server: &TestServer, by: RequestAuth<'_>, request: &str) -> Answer {
        let body = match &*self.method {
            "GET" | "DELETE" => Value::Null,
            _ => body(&self.name).expect("checked before"),
        };
        server.ask(by, &self.method, request, &body).await
    }
}

/// An answer but for what names the request and the object.
fn status_and_body(answer: &Answer, ids: &ObjectIds) -> (u16, Value) {
    // A short one, such as the number of a part, is found everywhere.
    let long = ids.iter().filter(|(_, id)| id.len() > 5);
    let text = long.fold(answer.text.clone(), |text, (_, id)| text.replace(id, "ID"));
    let mut body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
    }
    (answer.status.as_u16(), body)
}

#[test]
fn every_operation_on_an_object_can_be_tried() {
    let operations = operations();
    assert!(operations.len() > 20, "the document is not read as it is written");
    for Operation { name, method, in_path, in_query, .. } in operations {
        for parameter in in_path.iter().chain(&in_query) {
            assert!(
                unknown(parameter).is_some(),
                "{name} takes {parameter}: make one in objects.rs, so that it can be tried with \
                 another project's"
            );
        }
        let has_body = matches!(&*method, "GET" | "DELETE") || body(&name).is_some();
        assert!(has_body, "{name}: say in body() what it is sent when it shall succeed");
    }
}

#[tokio::test]
async fn ids_of_another_project_are_answered_like_ids_of_nothing() {
    let server = TestServer::start().await;
    let (stranger, own) = server.stranger().await;
    let (owner, stranger) =
        (RequestAuth::Session(&server.session), RequestAuth::Session(&stranger.session));
    let mut objects = ObjectFactory::new(&server, own);
    let mut diagnostics = Vec::new();
    for operation in operations() {
        let Operation { name, in_path, in_query, .. } = &operation;
        let parameters: Vec<&String> = in_path.iter().chain(in_query).collect();
        let foreign = objects.make(&parameters).await;
        // Below something of one's own, too, if it is below something.
        let mut tried = vec![(foreign.clone(), nothing(&parameters))];
        if let [parent, _child] = &*in_path.iter().filter(|it| is_object_id(it)).collect::<Vec<_>>()
        {
            let parent = ((*parent).clone(), objects.make_own(parent).await);
            let below = |ids: &ObjectIds| [vec![parent.clone()], ids[1..].to_vec()].concat();
            tried.push((below(&foreign), below(&nothing(&parameters))));
        }
        for (foreign, unknown) in tried {
            let before = objects.witness().await;
            let request = operation.request(own, &unknown);
            let expected =
                status_and_body(&operation.send(&server, stranger, &request).await, &unknown);
            let request = operation.request(own, &foreign);
            let found =
                status_and_body(&operation.send(&server, stranger, &request).await, &foreign);
            if found != expected {
                diagnostics.push(format!("{name} {request}: {found:?}, but {expected:?}"));
            }
            if operation.in_query.is_empty() && found.0 != 404 {
                diagnostics.push(format!("{name} {request}: {found:?}"));
            }
            if objects.witness().await != before {
                diagnostics.push(format!("{name} {request} changed the other project"));
            }
        }
        // The same in its own project, so that what was refused is known to be there.
        let request = operation.request(server.project, &foreign);
        let answer = operation.send(&server, owner, &request).await;
        if !answer.status.is_success() {
            diagnostics.push(format!("{name} on its own {request}: {}", answer.text));
        }
    }
    assert!(diagnostics.is_empty(), "\n{}", diagnostics.join("\n"));
}

fn nothing(parameters: &[&String]) -> ObjectIds {
    let value = |name: &str| unknown(name).expect("checked before").to_owned();
    parameters.iter().map(|name| ((*name).clone(), value(name))).collect()
}
