//! The entry that every operation of the dashboard's API that changes something leaves in the audit
//! log: who, what, to what, with which outcome. Never with secrets or bodies.
//!
//! Entries are of operations whose caller is known, refused ones included. One that nobody known asked
//! for leaves none, or strangers could fill the log. The operation and its entry run in a task of
//! their own, so that a client that goes away takes neither half-way with it.

use std::collections::HashMap;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::id::ProjectId;
use domain::privacy::mask_ip;
use engine::ports::catalog::{Actor, AuditEntry};
use futures::FutureExt;
use tracing::Instrument;
use utoipa::openapi::OpenApi;
use uuid::Uuid;

use crate::error::Error;
use crate::request_id;
use crate::state::App;

/// The documented operations that change something: their ids by path and method.
#[derive(Debug, Clone)]
pub(crate) struct MutatingOperations(Arc<HashMap<String, Vec<(Method, String)>>>);

impl MutatingOperations {
    pub(crate) fn from_document(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter().map(|(path, item)| {
            let operations = [
                (Method::POST, &item.post),
                (Method::PUT, &item.put),
                (Method::PATCH, &item.patch),
                (Method::DELETE, &item.delete),
            ];
            let named = operations.into_iter().filter_map(|(method, operation)| {
                let found = operation.as_ref()?;
                if method == Method::POST && only_reads(found) {
                    return None;
                }
                Some((method, found.operation_id.clone()?))
            });
            (path.clone(), named.collect())
        });
        Self(Arc::new(paths.collect()))
    }

    fn of(&self, request: &Request) -> Option<String> {
        let path = request.extensions().get::<MatchedPath>()?;
        let operations = self.0.get(path.as_str())?;
        let found = operations.iter().find(|(method, _)| method == request.method());
        found.map(|(_, operation)| operation.clone())
    }
}

/// A statement of SQL, or a question whose parameters need a body, is posted and only reads; it ends when its
/// client goes away, which what is recorded does not.
fn only_reads(operation: &utoipa::openapi::path::Operation) -> bool {
    let reads = |tag: &String| tag == "SQL" || tag == "Questions";
    operation.tags.as_ref().is_some_and(|tags| tags.iter().any(reads))
}

/// What is known of the operation under way. Extractors and handlers write it, clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct AuditContext(Arc<Mutex<AuditFields>>);

#[derive(Debug, Clone, Default)]
struct AuditFields {
    actor: Option<Actor>,
    project: Option<ProjectId>,
    target: Option<String>,
}

impl AuditContext {
    /// The request's; one that leads nowhere where nothing is recorded.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get().cloned().unwrap_or_default()
    }

    /// A request's from now on.
    pub(crate) fn attach(request: &mut Parts) -> Self {
        let trail = Self::default();
        request.extensions.insert(trail.clone());
        trail
    }

    /// The project that was named by [`Self::set_project`].
    pub(crate) fn project(&self) -> Option<ProjectId> {
        self.noted(|fields| fields.project)
    }

    /// The id of who was named by [`Self::set_actor`].
    pub(crate) fn actor_id(&self) -> Option<Uuid> {
        self.noted(|fields| fields.actor.as_ref().map(|actor| actor.id))
    }

    /// Says who asks.
    pub(crate) fn set_actor(&self, actor: Actor) {
        self.noted(|fields| fields.actor = Some(actor));
    }

    /// Says whose account the entry belongs to, once the caller is known to belong there.
    pub(crate) fn set_project(&self, project: ProjectId) {
        self.noted(|fields| fields.project = Some(project));
    }

    /// Says what was made, where the path does not name it: an id, never a content.
    pub(crate) fn set_target(&self, target: &impl ToString) {
        self.noted(|fields| fields.target = Some(target.to_string()));
    }

    fn noted<T>(&self, work: impl FnOnce(&mut AuditFields) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<S: Sync> FromRequestParts<S> for AuditContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

/// Runs an operation that changes something, writes its entry, and only then answers.
pub(crate) async fn record(
    State((app, operations)): State<(App, MutatingOperations)>,
    request: Request,
    next: Next,
) -> Response {
    let Some(operation) = operations.of(&request) else { return next.run(request).await };
    let work = run(app, operation, request, next).instrument(tracing::Span::current());
    match tokio::spawn(request_id::scope(request_id::current(), work)).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(error) => Error::from(engine::Error::internal(error)).into_response(),
        },
    }
}

async fn run(app: App, operation: String, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let trail = AuditContext::attach(&mut parts);
    let mut head = parts.clone();
    let work = next.run(Request::from_parts(parts, body));
    let outcome = AssertUnwindSafe(work).catch_unwind().await;
    let status = outcome.as_ref().map_or(StatusCode::INTERNAL_SERVER_ERROR, Response::status);
    write(&app, &trail, operation, &mut head, status).await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

/// Writes the entry of an operation that was answered with `status`, if its caller is known.
pub(crate) async fn write(
    app: &App,
    trail: &AuditContext,
    operation: String,
    request: &mut Parts,
    status: StatusCode,
) {
    let fields = trail.noted(|noted| noted.clone());
    if let Some(actor) = fields.actor {
        let proxies = &app.settings().trusted_proxies;
        let address = mask_ip(proxies.client_address(&request.extensions, &request.headers));
        let target = match fields.target {
            Some(target) => target,
            None => ids_in_path(request).await,
        };
        let entry = AuditEntry {
            request_id: request_id::current(),
            project: fields.project,
            at: app.clock.now(),
            actor,
            operation,
            target,
            status: status.as_u16(),
            address,
        };
        app.audit.record(entry).await;
    }
}

/// What the path names beside the project. Parameters that are no ids, such as tokens, are left out.
async fn ids_in_path(parts: &mut Parts) -> String {
    const MAX_CHARACTERS: usize = 200;
    let Ok(parameters) = RawPathParams::from_request_parts(parts, &()).await else {
        return String::new();
    };
    let ids: Vec<&str> = parameters
        .iter()
        .filter(|(name, _)| name.ends_with("_id") && *name != "project_id")
        .map(|(_, value)| value)
        .collect();
    ids.join("/").chars().take(MAX_CHARACTERS).collect()
}
