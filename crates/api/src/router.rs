//! All routes.

use axum::http::header;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use bytes::Bytes;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::audit::MutatingOperations;
use crate::error::Error;
use crate::list_export::ListExports;
use crate::state::App;
use crate::{
    admin, audit, auth, billing, customers, health, ingest, list_export, live, middleware, openapi,
    operations, people, privacy, questions, recordings, shared, spa, sql,
};

/// The routes of the dashboard's API, and the document of the whole server.
pub(crate) fn documented() -> (Router<App>, utoipa::openapi::OpenApi) {
    let (routes, mut dashboard) = OpenApiRouter::new()
        .merge(auth::routes())
        .merge(admin::routes())
        .merge(questions::routes())
        .merge(customers::routes())
        .merge(people::routes())
        .merge(billing::routes())
        .merge(sql::routes())
        .merge(privacy::routes())
        .merge(recordings::routes())
        .merge(shared::routes())
        .merge(live::routes())
        .merge(operations::routes())
        .split_for_parts();
    openapi::complete(&mut dashboard);
    list_export::complete(&mut dashboard);
    (routes, openapi::Document::openapi().merge_from(dashboard))
}

/// The whole server.
pub fn router(app: App) -> Router {
    let (dashboard_api, document) = documented();
    let operations = MutatingOperations::from_document(&document);
    let exports = ListExports::from_document(&document);
    let readers = live::EventReadRole::of(&document);
    let document = Bytes::from(document.to_pretty_json().unwrap_or_default());
    let dashboard = dashboard_api
        .route("/api/openapi.json", get(async move || openapi_document(document.clone())))
        .route("/shared/{token}", get(shared::page))
        .fallback(spa::serve)
        .method_not_allowed_fallback(spa::method_not_allowed)
        .layer(from_fn_with_state((app.clone(), exports), list_export::answer))
        .layer(from_fn_with_state((app.clone(), operations), audit::record))
        .layer(Extension(readers))
        .layer(from_fn(middleware::read_path))
        .layer(from_fn(middleware::secure))
        .layer(CompressionLayer::new());
    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .merge(ingest::routes())
        .merge(dashboard)
        .method_not_allowed_fallback(spa::method_not_allowed)
        .layer(CatchPanicLayer::custom(on_panic))
        .layer(from_fn_with_state(app.clone(), middleware::observe))
        .with_state(app)
}

fn openapi_document(document: Bytes) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], document)
}

/// A panic is a fault of ours: it is logged and answered like any other.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn on_panic(panic: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    Error::from(engine::Error::internal(format!("panic: {text}"))).into_response()
}
