//! An uploaded map is compressed while it arrives: what it holds in memory is a fraction of its size.

use axum::extract::Request;
use domain::source_map::MAX_SOURCE_MAP_BYTES;
use engine::source_maps::SourceMapUpload;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;

use crate::bodies::{CollectError, Reservation, Trust};
use crate::error::Error;
use crate::extract::not_collected;
use crate::state::App;

const MOST: &str = "32 MiB";

/// The map in a request's body, and the memory that it holds. The caller's role is known.
pub(super) async fn read(
    app: &App,
    request: Request,
) -> Result<(SourceMapUpload, Reservation), Error> {
    let proxies = &app.settings().trusted_proxies;
    let sender = proxies.client_address(request.extensions(), request.headers());
    let mut held = app.bodies().reservation(sender, Trust::Proven);
    let mut body = request.into_body();
    if body.size_hint().lower() > MAX_SOURCE_MAP_BYTES as u64 {
        return Err(not_collected(CollectError::TooLarge, MOST));
    }
    let mut upload = SourceMapUpload::new();
    let mut reserved = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| not_collected(CollectError::Incomplete, MOST))?;
        let Ok(data) = frame.into_data() else { continue };
        upload.push(&data)?;
        let needed = upload.reserved_bytes();
        held.grow(needed.saturating_sub(reserved)).map_err(|_| Error::body_budget_exceeded())?;
        reserved = needed;
    }
    Ok((upload, held))
}
