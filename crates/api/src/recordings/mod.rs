//! Recordings of visits and pictures of pages, shown to members.

mod list;
mod media;

use domain::id::{ProjectId, ScreenshotId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(crate) use list::RecordingAnswer;
pub(crate) use media::media;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(list::get))
        .routes(routes!(media::chunk))
        .routes(routes!(media::screenshot))
}

/// Where members see a picture: below the server's own `public_url`, when that is known.
pub fn screenshot_url(public_url: Option<&str>, project: ProjectId, id: ScreenshotId) -> String {
    let base = public_url.unwrap_or_default().trim_end_matches('/');
    format!("{base}/api/projects/{project}/screenshots/{id}")
}
