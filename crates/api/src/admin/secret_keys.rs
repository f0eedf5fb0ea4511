//! `/api/projects/{project_id}/secret-keys`: keys with which programs read and report.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::SecretKeyId;
use domain::key::SecretKeyRole as Role;
use domain::time::Timestamp;
use engine::ports::catalog::SecretKey;
use engine::secret_keys::NewSecretKey;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::read_expiry;
use crate::audit::AuditContext;
use crate::error::{Error, Unprocessable};
use crate::extract::{Admin, Json};
use crate::state::App;

/// A secret key, without its text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SecretKey)]
pub(crate) struct SecretKeyAnswer {
    id: Uuid,
    key_name: String,
    role: SecretKeyRole,
    /// Requests a minute.
    rate_limit_per_minute: u32,
    #[schema(format = DateTime)]
    created_at: String,
    /// From when on it is no longer valid; null: until it is revoked.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// To the minute.
    #[schema(format = DateTime)]
    last_used_at: Option<String>,
}

/// A project's secret keys, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecretKeyList {
    secret_keys: Vec<SecretKeyAnswer>,
}

/// What a secret key may do: an analyst's or an admin's work, or report orders and bookings and nothing
/// else.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SecretKeyRole {
    Admin,
    Analyst,
    Writer,
}

/// A secret key to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSecretKeyRequest {
    /// 1 to 100 characters.
    key_name: String,
    role: SecretKeyRole,
    /// Requests a minute; 1,000 by default.
    rate_limit_per_minute: Option<u32>,
    /// RFC 3339, in the future; left out: until it is revoked.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
}

/// A secret key and its text, shown this once.
#[derive(Serialize, ToSchema)]
#[schema(as = SecretKeyMade)]
pub(crate) struct CreatedSecretKey {
    secret_key: SecretKeyAnswer,
    /// `fs_` and 32 characters, for `Authorization: Bearer`.
    key: String,
}

impl From<SecretKey> for SecretKeyAnswer {
    fn from(key: SecretKey) -> Self {
        Self {
            id: key.id.0,
            key_name: key.key_name,
            role: match key.role {
                Role::Admin => SecretKeyRole::Admin,
                Role::Analyst => SecretKeyRole::Analyst,
                Role::Writer => SecretKeyRole::Writer,
            },
            rate_limit_per_minute: key.rate_limit_per_minute,
            created_at: key.created_at.to_rfc3339(),
            expires_at: key.expires_at.map(Timestamp::to_rfc3339),
            last_used_at: key.last_used_at.map(Timestamp::to_rfc3339),
        }
    }
}

impl NewSecretKeyRequest {
    fn read(self) -> Result<NewSecretKey, Error> {
        let expires_at = read_expiry(self.expires_at.as_deref())?;
        let role = match self.role {
            SecretKeyRole::Admin => Role::Admin,
            SecretKeyRole::Analyst => Role::Analyst,
            SecretKeyRole::Writer => Role::Writer,
        };
        let Self { key_name, rate_limit_per_minute, .. } = self;
        Ok(NewSecretKey { key_name, role, rate_limit_per_minute, expires_at })
    }
}

/// The ids of a secret key's path.
#[derive(Debug, Deserialize)]
pub(super) struct SecretKeyPath {
    secret_key_id: String,
}

/// A project's secret keys, expired ones too.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/secret-keys", tag = "Secret keys", operation_id = "secret_keys",
    params(("project_id" = Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = SecretKeyList), Admin),
)]
pub(super) async fn list(
    State(app): State<App>,
    Admin(allowed): Admin,
) -> Result<Json<SecretKeyList>, Error> {
    let keys = app.secret_keys.list(allowed.project_id).await?;
    Ok(Json(SecretKeyList { secret_keys: keys.into_iter().map(Into::into).collect() }))
}

/// Creates a secret key. Its text is in this answer only.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/secret-keys", tag = "Secret keys", operation_id = "create_secret_key",
    params(("project_id" = Uuid, Path)), request_body = NewSecretKeyRequest,
    extensions(("x-role" = json!("admin"))),
    responses((status = 201, body = CreatedSecretKey), Admin, Unprocessable),
)]
pub(super) async fn create(
    State(app): State<App>,
    Admin(allowed): Admin,
    trail: AuditContext,
    Json(new): Json<NewSecretKeyRequest>,
) -> Result<(StatusCode, Json<CreatedSecretKey>), Error> {
    let (made, key) = app.secret_keys.create(allowed.project_id, new.read()?).await?;
    let key = key.expose_secret().to_owned();
    trail.set_target(&made.id);
    Ok((StatusCode::CREATED, Json(CreatedSecretKey { secret_key: made.into(), key })))
}

/// Revokes a secret key: it is invalid from now on, and so are its invitations.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/secret-keys/{secret_key_id}", tag = "Secret keys",
    operation_id = "revoke_secret_key",
    params(("project_id" = Uuid, Path), ("secret_key_id" = Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses((status = 204), Admin),
)]
pub(super) async fn revoke(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<SecretKeyPath>,
) -> Result<StatusCode, Error> {
    let id: SecretKeyId =
        path.secret_key_id.parse().map_err(|_| engine::Error::NotFound("secret key"))?;
    app.secret_keys.revoke(allowed.project_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
