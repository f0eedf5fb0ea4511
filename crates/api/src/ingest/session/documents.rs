//! The documented shapes of the bodies.
#![expect(dead_code, reason = "describes the bodies in the OpenAPI document")]

use utoipa::ToSchema;

/// A session's start.
#[derive(ToSchema)]
pub(crate) struct SessionStart {
    /// The key, where no header can be set and the page's origin does not tell the project.
    api_key: Option<String>,
    /// Names the start; re-sending it changes nothing.
    id: Option<String>,
    /// Unique for the customer.
    session_id: String,
    /// Whose session it is; without one it is nobody's yet.
    user_id: Option<String>,
    /// The browser's anonymous id.
    visitor_id: Option<String>,
    /// The page it begins on.
    page_url: Option<String>,
    /// RFC 3339 or milliseconds; now by default.
    #[schema(value_type = Option<String>)]
    started_at: Option<String>,
}

/// A session's end.
#[derive(ToSchema)]
pub(crate) struct SessionEnd {
    /// The key, where no header can be set and the page's origin does not tell the project.
    api_key: Option<String>,
    /// Names the end; re-sending it changes nothing.
    id: Option<String>,
    /// The session.
    session_id: String,
    /// Whose; without one, of whoever is in the session at that time.
    user_id: Option<String>,
    /// `page_unload` by default; `sign_out`, `user_switch`, `idle`, `max_age`, `explicit`.
    reason: Option<String>,
    /// RFC 3339 or milliseconds; now by default.
    #[schema(value_type = Option<String>)]
    ended_at: Option<String>,
}
