//! A heatmap as it is answered.

use domain::question::Period;
use domain::question::heatmap::{
    Heatmap, HeatmapCell, HeatmapElement, HeatmapLayer, HeatmapPoint, HeatmapWidth, ScrollDepth,
    WIDTH_CLASSES,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::questions::scope::PeriodAnswer;

/// A map of a page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Heatmap)]
pub(crate) struct HeatmapAnswer {
    period: PeriodAnswer,
    layer: &'static str,
    path: String,
    /// Views of the page in viewports of the widths asked for.
    page_views: u64,
    /// Sessions with such a view.
    sessions: u64,
    /// Events of the layer.
    events: u64,
    /// Sessions with such an event.
    event_sessions: u64,
    previous_page_views: u64,
    previous_events: u64,
    /// Most events first, at most 500; none of the layer `scroll`.
    elements: Vec<ElementAnswer>,
    /// How many there are altogether.
    element_total: u64,
    /// Most events first, at most 5,000.
    cells: Vec<CellAnswer>,
    /// Events without an element, most first, at most 2,000.
    points: Vec<PointAnswer>,
    /// Classes of viewports from narrow to wide, whatever widths are asked for.
    widths: Vec<WidthAnswer>,
    /// How far the page was seen, whatever the layer is; null when it is not known.
    scroll: Option<ScrollAnswer>,
}

/// Counts of an element.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeatmapElement)]
pub(crate) struct ElementAnswer {
    selector: String,
    /// As of the last event that has one.
    text: Option<String>,
    events: u64,
    previous_events: u64,
    sessions: u64,
    visitors: u64,
    #[schema(format = DateTime)]
    first_seen: String,
    #[schema(format = DateTime)]
    last_seen: String,
}

/// Events in one of 32 × 32 cells of an element's box.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeatmapCell)]
pub(crate) struct CellAnswer {
    /// The element's index in `elements`.
    element: usize,
    /// Column from the left, 0 to 31.
    x: u8,
    /// Row from the top, 0 to 31.
    y: u8,
    events: u64,
}

/// Events without an element.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeatmapPoint)]
pub(crate) struct PointAnswer {
    /// Share of the document's width, in steps of 0.005.
    x: f64,
    /// CSS pixels from the document's top, in steps of 8.
    y: u32,
    events: u64,
}

/// Counts of viewports of a class.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeatmapWidth)]
pub(crate) struct WidthAnswer {
    /// The least width, in CSS pixels.
    from: u32,
    /// The greatest; null of the widest class.
    to: Option<u32>,
    page_views: u64,
    events: u64,
    /// The median width of the page views.
    median_width: Option<f64>,
}

/// How far a page was seen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeatmapScroll)]
pub(crate) struct ScrollAnswer {
    /// Sessions of which it is known.
    sessions: u64,
    /// The share of these that saw at least index × 5 % of the page's height: 21 numbers from 0 % to 100 %.
    reached: Vec<f64>,
}

impl HeatmapAnswer {
    pub(super) fn new(period: Period, layer: HeatmapLayer, path: String, map: Heatmap) -> Self {
        let ends = WIDTH_CLASSES.into_iter().skip(1).map(|from| Some(from - 1));
        let ends = ends.chain(std::iter::once(None));
        let widths = WIDTH_CLASSES.into_iter().zip(ends).zip(map.widths);
        Self {
            period: period.into(),
            layer: layer.as_str(),
            path,
            page_views: map.totals.page_views,
            sessions: map.totals.sessions,
            events: map.totals.events,
            event_sessions: map.totals.event_sessions,
            previous_page_views: map.previous.page_views,
            previous_events: map.previous.events,
            elements: map.elements.into_iter().map(Into::into).collect(),
            element_total: map.element_total,
            cells: map.cells.into_iter().map(Into::into).collect(),
            points: map.points.into_iter().map(Into::into).collect(),
            widths: widths.map(|((from, to), width)| WidthAnswer::new(from, to, width)).collect(),
            scroll: ScrollAnswer::of(&map.scroll),
        }
    }
}

impl From<HeatmapElement> for ElementAnswer {
    fn from(element: HeatmapElement) -> Self {
        Self {
            selector: element.selector,
            text: element.text,
            events: element.events,
            previous_events: element.previous_events,
            sessions: element.sessions,
            visitors: element.visitors,
            first_seen: element.first_seen.to_rfc3339(),
            last_seen: element.last_seen.to_rfc3339(),
        }
    }
}

impl From<HeatmapCell> for CellAnswer {
    fn from(HeatmapCell { element, x, y, events }: HeatmapCell) -> Self {
        Self { element, x, y, events }
    }
}

impl From<HeatmapPoint> for PointAnswer {
    fn from(HeatmapPoint { x, y, events }: HeatmapPoint) -> Self {
        Self { x, y, events }
    }
}

impl WidthAnswer {
    fn new(from: u32, to: Option<u32>, width: HeatmapWidth) -> Self {
        let HeatmapWidth { page_views, events, median: median_width } = width;
        Self { from, to, page_views, events, median_width }
    }
}

impl ScrollAnswer {
    fn of(depth: &ScrollDepth) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "counts of sessions lie far below 2^52")]
        let share = |count: &u64| *count as f64 / depth.sessions as f64;
        let reached = depth.reached.iter().map(share).collect();
        (depth.sessions > 0).then_some(Self { sessions: depth.sessions, reached })
    }
}
