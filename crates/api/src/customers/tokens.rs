//! `/api/projects/{project_id}/customer-tokens`: what lets a customer read their own row.

use axum::extract::State;
use axum::http::StatusCode;
use domain::limits::MAX_ID_BYTES;
use engine::customers::DEFAULT_TOKEN_SECONDS;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Unprocessable};
use crate::extract::{Admin, Json};
use crate::state::App;

/// The customer to create a token for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCustomerToken {
    /// The site's id for the customer.
    user_id: String,
    /// 1 second to 30 days; an hour by default.
    expires_in_seconds: Option<i64>,
}

/// A token, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerTokenAnswer {
    /// `ct_` and 32 characters.
    token: String,
    #[schema(format = DateTime)]
    expires_at: String,
}

/// Creates a token by which a customer reads their own figures and sessions, and nothing else.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/customer-tokens", tag = "Customers",
    operation_id = "create_customer_token",
    params(("project_id" = uuid::Uuid, Path)), request_body = NewCustomerToken,
    responses((status = 201, body = CustomerTokenAnswer), Admin, Unprocessable),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn create(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(new): Json<NewCustomerToken>,
) -> Result<(StatusCode, Json<CustomerTokenAnswer>), Error> {
    let user_id = new.user_id.trim();
    if user_id.is_empty() || user_id.len() > MAX_ID_BYTES {
        let detail = format!("user_id must have 1 to {MAX_ID_BYTES} bytes");
        return Err(Error::invalid("user_id", detail));
    }
    let seconds = new.expires_in_seconds.unwrap_or(DEFAULT_TOKEN_SECONDS);
    let shown = app.customers.make_token(allowed.project_id, user_id, seconds).await?;
    let answer = CustomerTokenAnswer {
        token: shown.token.expose_secret().to_owned(),
        expires_at: shown.expires_at.to_rfc3339(),
    };
    Ok((StatusCode::CREATED, Json(answer)))
}
