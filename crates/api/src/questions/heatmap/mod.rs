//! `/api/projects/{project_id}/heatmap`: what happens where on a page, and the recordings that show the page.

mod answer;
mod snapshots;

use axum::extract::State;
use domain::question::heatmap::{HeatmapLayer, WidthRange};
use domain::question::{FilterDimension, Scope};
use serde::Deserialize;
use utoipa::IntoParams;

pub(super) use self::snapshots::{__path_snapshots, snapshots};

use self::answer::HeatmapAnswer;
use super::scope::ScopeQuery;
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Wider viewports are no viewports.
const MAX_WIDTH: u32 = 100_000;

/// Which viewports.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WidthQuery {
    /// The least width of the viewport, in CSS pixels.
    min_width: Option<u32>,
    /// The greatest width of the viewport, in CSS pixels.
    max_width: Option<u32>,
}

impl WidthQuery {
    fn range(&self) -> Result<WidthRange, Error> {
        let Self { min_width: min, max_width: max } = *self;
        for (field, width) in [("min_width", min), ("max_width", max)] {
            if width.is_some_and(|width| width > MAX_WIDTH) {
                return Err(Error::invalid(field, format!("{field} is at most {MAX_WIDTH}")));
            }
        }
        if let (Some(least), Some(most)) = (min, max)
            && least > most
        {
            return Err(Error::invalid("min_width", "min_width is greater than max_width"));
        }
        Ok(WidthRange { min, max })
    }
}

/// Which events count.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LayerQuery {
    /// `clicks` (default), `rage`, `dead`, `errors` (clicks that led to an error, and refused fields), `pointer` or `scroll`.
    layer: Option<String>,
}

impl LayerQuery {
    fn layer(&self) -> Result<HeatmapLayer, Error> {
        let Some(name) = self.layer.as_deref() else { return Ok(HeatmapLayer::Clicks) };
        let names = || HeatmapLayer::ALL.into_iter().map(HeatmapLayer::as_str).collect();
        HeatmapLayer::parse(name).ok_or_else(|| Error::not_allowed("layer", names()))
    }
}

/// The page of a map.
fn page(scope: &Scope) -> Result<String, Error> {
    let missing = || Error::invalid("path", "path is missing: a map is of one page");
    scope.filters.single_value(FilterDimension::Path).map(str::to_owned).ok_or_else(missing)
}

/// A map of a page: its events by element and the place inside it, so that one map holds for every width.
///
/// `path` is required. Friction names an element but no place in it, and no viewport: the widest one counts in which its
/// session viewed the page. Scrolling is counted by session: what it saw of the page's height, at least what its viewport
/// showed at first.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/heatmap", tag = "Questions", operation_id = "heatmap",
    params(("project_id" = Uuid, Path), ScopeQuery, LayerQuery, WidthQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = HeatmapAnswer), Viewer, Unprocessable),
)]
pub(super) async fn heatmap(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(layer): Query<LayerQuery>,
    Query(widths): Query<WidthQuery>,
) -> Result<Json<HeatmapAnswer>, Error> {
    let (layer, widths) = (layer.layer()?, widths.range()?);
    let scope = query.scope(&app, allowed.project_id).await?;
    let path = page(&scope)?;
    let map = app.analytics.permit().await?.heatmap(&scope, layer, widths).await?;
    Ok(Json(HeatmapAnswer::new(scope.period, layer, path, map)))
}
