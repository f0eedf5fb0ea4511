//! `/api/projects/{project_id}/api-keys`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::KeyId;
use domain::time::Timestamp;
use engine::api_keys::{ApiKeyEdit, NewApiKey};
use engine::ports::catalog::ApiKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::error::{Error, Unprocessable};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// A public ingest key.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(crate) struct ApiKeyAnswer {
    id: Uuid,
    key_name: String,
    /// `fk_` and 32 characters.
    key: String,
    /// Domains of the pages that may use it; empty: all.
    allowed_domains: Vec<String>,
    rate_limit_per_minute: u32,
    is_active: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// To the minute.
    #[schema(format = DateTime)]
    last_used_at: Option<String>,
}

/// A project's keys, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiKeyList {
    api_keys: Vec<ApiKeyAnswer>,
}

/// A key to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApiKey)]
pub(crate) struct NewApiKeyRequest {
    /// 1 to 100 characters.
    key_name: String,
    /// `example.com`, `*.example.com`, `localhost:3000`; empty: all.
    #[serde(default)]
    allowed_domains: Vec<String>,
    /// 1,000 by default.
    rate_limit_per_minute: Option<u32>,
}

/// What to change of a key; fields left out stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiKeyChange {
    key_name: Option<String>,
    allowed_domains: Option<Vec<String>>,
    rate_limit_per_minute: Option<u32>,
    is_active: Option<bool>,
}

impl From<ApiKey> for ApiKeyAnswer {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id.0,
            key_name: key.key_name,
            key: key.key,
            allowed_domains: key.allowed_domains.into_iter().map(Into::into).collect(),
            rate_limit_per_minute: key.rate_limit_per_minute,
            is_active: key.is_active,
            created_at: key.created_at.to_rfc3339(),
            last_used_at: key.last_used_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// The ids of a key's path.
#[derive(Debug, Deserialize)]
pub(super) struct KeyPath {
    key_id: String,
}

impl KeyPath {
    fn id(&self) -> Result<KeyId, Error> {
        self.key_id.parse().map_err(|_| engine::Error::NotFound("API key").into())
    }
}

/// A project's ingest keys.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/api-keys", tag = "API keys", operation_id = "api_keys",
    params(("project_id" = Uuid, Path)),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = ApiKeyList), Viewer),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<ApiKeyList>, Error> {
    let keys = app.keys.list(allowed.project_id).await?;
    Ok(Json(ApiKeyList { api_keys: keys.into_iter().map(Into::into).collect() }))
}

/// Creates an ingest key.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/api-keys", tag = "API keys", operation_id = "create_api_key",
    params(("project_id" = Uuid, Path)), request_body = NewApiKeyRequest,
    extensions(("x-role" = json!("admin"))),
    responses((status = 201, body = ApiKeyAnswer), Admin, Unprocessable),
)]
pub(super) async fn create(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(new): Json<NewApiKeyRequest>,
) -> Result<(StatusCode, Json<ApiKeyAnswer>), Error> {
    let new = NewApiKey {
        key_name: new.key_name,
        allowed_domains: new.allowed_domains,
        rate_limit_per_minute: new.rate_limit_per_minute,
    };
    let key = app.keys.create(allowed.project_id, new).await?;
    Ok((StatusCode::CREATED, Json(key.into())))
}

/// Changes an ingest key, with immediate effect.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/api-keys/{key_id}", tag = "API keys", operation_id = "change_api_key",
    params(("project_id" = Uuid, Path), ("key_id" = Uuid, Path)), request_body = ApiKeyChange,
    extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = ApiKeyAnswer), Admin, Unprocessable),
)]
pub(super) async fn change(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<KeyPath>,
    Json(change): Json<ApiKeyChange>,
) -> Result<Json<ApiKeyAnswer>, Error> {
    let changes = ApiKeyEdit {
        key_name: change.key_name,
        allowed_domains: change.allowed_domains,
        rate_limit_per_minute: change.rate_limit_per_minute,
        is_active: change.is_active,
    };
    let key = app.keys.change(allowed.project_id, path.id()?, changes).await?;
    Ok(Json(key.into()))
}

/// Deletes an ingest key. Its events stay.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/api-keys/{key_id}", tag = "API keys", operation_id = "delete_api_key",
    params(("project_id" = Uuid, Path), ("key_id" = Uuid, Path)),
    extensions(("x-role" = json!("admin"))),
    responses((status = 204), Admin),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<KeyPath>,
) -> Result<StatusCode, Error> {
    app.keys.delete(allowed.project_id, path.id()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
