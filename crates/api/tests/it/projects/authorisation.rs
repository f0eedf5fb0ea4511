//! Authorisation: every operation in a project × every role × own, foreign and unknown projects.
//!
//! The operations are read from the OpenAPI document, so one that is added is covered at once. It must
//! declare the role it needs as `x-role` (see CONTRIBUTING.md).

use axum::http::StatusCode;
use domain::id::ProjectId;
use domain::key::SecretKeyRole;
use domain::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::credentials::{Person, RequestAuth};
use crate::harness::{Answer, TestServer};

const ROOT: &str = "/api/projects/{project_id}";
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// The end of an `x-role` that is not for programs.
const MEMBERS_ONLY: &str = ", members only";
/// The roles from the least to the most.
const ROLES: [Role; 4] = [Role::Viewer, Role::Analyst, Role::Admin, Role::Owner];

/// An operation in a project, as the document describes it.
struct Operation {
    name: String,
    method: String,
    path: String,
    /// `x-role`: the least role that may do it.
    needed: Option<Role>,
    /// `x-role` ends in `, members only`: it means nothing for a program.
    is_for_members_only: bool,
}

impl Operation {
    /// The request's path; ids of things in the project are those of nothing.
    fn path(&self, project: &str) -> String {
        let path = self.path.replace("{project_id}", project);
        let mut filled = String::new();
        for segment in path.split_inclusive('/') {
            let is_parameter = segment.starts_with('{');
            let ending = if segment.ends_with('/') { "/" } else { "" };
            let nothing = format!("{}{ending}", Uuid::from_u128(0xdead));
            filled.push_str(if is_parameter { &nothing } else { segment });
        }
        filled
    }

    fn body(&self) -> Value {
        if self.method == "get" { Value::Null } else { json!({}) }
    }
}

fn role_of(operation: &Value) -> Option<&str> {
    operation["x-role"].as_str()
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&api::openapi::document_json()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let in_a_project = paths.iter().filter(|(path, _)| path.starts_with(ROOT));
    in_a_project
        .flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| Some((path, method, item.get(method)?)))
        })
        .map(|(path, method, operation)| Operation {
            name: operation["operationId"].as_str().unwrap_or(path).to_owned(),
            method: (*method).to_owned(),
            path: path.clone(),
            needed: role_of(operation)
                .and_then(|role| Role::parse(role.trim_end_matches(MEMBERS_ONLY))),
            is_for_members_only: role_of(operation)
                .is_some_and(|role| role.ends_with(MEMBERS_ONLY)),
        })
        .collect()
}

#[test]
fn every_operation_in_a_project_declares_the_role_it_needs() {
    let operations = operations();
    assert!(operations.len() > 20, "the document is not read as it is written");
    let missing: Vec<String> = operations
        .iter()
        .filter(|operation| operation.needed.is_none())
        .map(|Operation { name, method, path, .. }| format!("{name}: {method} {path}"))
        .collect();
    assert!(
        missing.is_empty(),
        "say in #[utoipa::path] which role these need, as in \
         extensions((\"x-role\" = json!(\"viewer\"))):\n{}",
        missing.join("\n")
    );
}

/// Everybody who asks.
struct TestActors {
    server: TestServer,
    owner: Person,
    /// Viewer, analyst and admin of every project that is tried.
    others: [Person; 3],
    foreign: ProjectId,
    foreign_key: String,
    diagnostics: Vec<String>,
}

impl TestActors {
    async fn assemble() -> Self {
        let server = TestServer::start().await;
        let owner = server.owner().await;
        let others = [
            server.as_role(Role::Viewer).await,
            server.as_role(Role::Analyst).await,
            server.as_role(Role::Admin).await,
        ];
        let (_, foreign) = server.stranger().await;
        let foreign_key = server.secret_key(foreign, Role::Admin).await;
        Self { server, owner, others, foreign, foreign_key, diagnostics: Vec::new() }
    }

    /// A project of the owner's with everybody in it, fresh, for what is tried may spoil it.
    async fn project(&self) -> ProjectId {
        let auth = &self.server.app.auth;
        let made = auth
            .create_project(self.owner.member.id, "Tried", domain::zone::Zone::UTC)
            .await
            .expect("a project");
        for (person, role) in self.others.iter().zip(ROLES) {
            self.server.join(made.id, person, role).await;
        }
        made.id
    }

    fn people(&self) -> impl Iterator<Item = (Role, &str)> {
        let others = self.others.iter().map(|person| person.session.as_str());
        ROLES.into_iter().zip(others.chain([self.owner.session.as_str()]))
    }

    async fn ask(&self, operation: &Operation, project: &str, by: RequestAuth<'_>) -> Answer {
        let Operation { method, .. } = operation;
        let path = operation.path(project);
        self.server.ask(by, &method.to_uppercase(), &path, &operation.body()).await
    }

    fn expect(&mut self, holds: bool, operation: &Operation, caller: &str, answer: &Answer) {
        if !holds {
            let Operation { name, .. } = operation;
            let diagnostic = format!("{name}, {caller}: {} {}", answer.status, answer.text);
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Whether an answer is a refusal of the caller, rather than of what they ask.
fn refuses_the_caller(answer: &Answer) -> bool {
    match answer.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => true,
        StatusCode::NOT_FOUND => {
            let detail = &answer.json()["detail"];
            *detail == "project not found" || *detail == "not found"
        }
        _ => false,
    }
}

/// An answer but for what names the request.
fn status_and_body(answer: &Answer) -> (StatusCode, Value) {
    let mut body = answer.json();
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
    }
    (answer.status, body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_operation_is_for_those_whose_role_allows_it() {
    let mut cast = TestActors::assemble().await;
    for operation in &operations() {
        let Some(needed) = operation.needed else { continue };
        let project = cast.project().await;
        let own = project.to_string();
        cast.try_nobody_and_those_below(operation, &own, needed).await;
        cast.try_other_projects(operation).await;
        cast.try_programs(operation, project, needed).await;
        cast.try_those_who_may(operation, &own, needed).await;
    }
    assert!(cast.diagnostics.is_empty(), "\n{}", cast.diagnostics.join("\n"));
}

impl TestActors {
    async fn try_nobody_and_those_below(&mut self, operation: &Operation, own: &str, needed: Role) {
        for by in [
            RequestAuth::Nobody,
            RequestAuth::Session("0"),
            RequestAuth::Key("fs_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"),
        ] {
            let answer = self.ask(operation, own, by).await;
            let holds = answer.status == StatusCode::UNAUTHORIZED;
            self.expect(holds, operation, &format!("not signed in as {by:?}"), &answer);
        }
        let people: Vec<(Role, String)> =
            self.people().map(|(role, session)| (role, session.to_owned())).collect();
        for (role, session) in people.iter().filter(|(role, _)| !role.includes(needed)) {
            let answer = self.ask(operation, own, RequestAuth::Session(session)).await;
            let holds = answer.status == StatusCode::FORBIDDEN;
            self.expect(holds, operation, &format!("as {}", role.as_str()), &answer);
        }
    }

    /// A foreign project and an unknown one are indistinguishable.
    async fn try_other_projects(&mut self, operation: &Operation) {
        let session = self.owner.session.clone();
        let by = RequestAuth::Session(&session);
        let unknown = self.ask(operation, &Uuid::from_u128(0xdead).to_string(), by).await;
        let holds = unknown.status == StatusCode::NOT_FOUND;
        self.expect(holds, operation, "in an unknown project", &unknown);
        for other in [self.foreign.to_string(), "nonsense".to_owned()] {
            let answer = self.ask(operation, &other, by).await;
            let holds = status_and_body(&answer) == status_and_body(&unknown);
            self.expect(holds, operation, "in a foreign project", &answer);
        }
    }

    async fn try_programs(&mut self, operation: &Operation, project: ProjectId, needed: Role) {
        let own = project.to_string();
        let foreign_key = self.foreign_key.clone();
        let unknown = self
            .ask(operation, &Uuid::from_u128(0xdead).to_string(), RequestAuth::Key(&foreign_key))
            .await;
        let answer = self.ask(operation, &own, RequestAuth::Key(&foreign_key)).await;
        let holds = answer.status == StatusCode::NOT_FOUND
            && status_and_body(&answer) == status_and_body(&unknown);
        self.expect(holds, operation, "with another project's secret key", &answer);
        let writer = self.server.secret_key_of(project, SecretKeyRole::Writer).await;
        let answer = self.ask(operation, &own, RequestAuth::Key(&writer)).await;
        let holds = answer.status == StatusCode::FORBIDDEN;
        self.expect(holds, operation, "with a secret key for reporting", &answer);
        for role in [Role::Analyst, Role::Admin] {
            let key = self.server.secret_key(project, role).await;
            let answer = self.ask(operation, &own, RequestAuth::KeyInAPage(&key)).await;
            let holds = answer.status == StatusCode::FORBIDDEN;
            self.expect(holds, operation, "with a secret key in a page", &answer);
            // The last use of a key that may do it comes later, for it may spoil the project.
            if role.includes(needed) && !operation.is_for_members_only {
                continue;
            }
            let answer = self.ask(operation, &own, RequestAuth::Key(&key)).await;
            let holds = answer.status == StatusCode::FORBIDDEN;
            self.expect(holds, operation, "with a secret key that may not", &answer);
        }
    }

    async fn try_those_who_may(&mut self, operation: &Operation, own: &str, needed: Role) {
        let project = own.parse().expect("an id");
        for role in [Role::Analyst, Role::Admin] {
            if !role.includes(needed) || operation.is_for_members_only {
                continue;
            }
            let key = self.server.secret_key(project, role).await;
            let answer = self.ask(operation, own, RequestAuth::Key(&key)).await;
            let holds = !refuses_the_caller(&answer);
            self.expect(holds, operation, "with a secret key that may", &answer);
        }
        let people: Vec<(Role, String)> =
            self.people().map(|(role, session)| (role, session.to_owned())).collect();
        for (role, session) in people.iter().filter(|(role, _)| role.includes(needed)) {
            let answer = self.ask(operation, own, RequestAuth::Session(session)).await;
            let holds = !refuses_the_caller(&answer);
            self.expect(holds, operation, &format!("as {}", role.as_str()), &answer);
        }
    }
}
