//! Where on a page do visitors click, point, get stuck, and how far do they scroll?
//!
//! What happened is counted by element and by the place inside its box, so that one map holds for every layout of the
//! page. Only what has no element is placed by the page's own pixels.

use crate::time::Timestamp;

/// Elements of an answer, at most.
pub const MAX_HEATMAP_ELEMENTS: usize = 500;
/// Cells of an answer, at most.
pub const MAX_HEATMAP_CELLS: usize = 5_000;
/// Points without an element of an answer, at most.
pub const MAX_HEATMAP_POINTS: usize = 2_000;
/// An element's box is divided into so many columns, and as many rows.
pub const CELLS_PER_SIDE: u8 = 32;
/// Points without an element are gathered in so many columns of the document's width …
pub const POINT_COLUMNS: u16 = 200;
/// … and in rows of so many CSS pixels.
pub const POINT_ROW_PX: u16 = 8;
/// Steps of the page's height by which scrolling is counted: twenty parts, and the top.
pub const SCROLL_STEPS: usize = 21;
/// The least width of each class of viewports, in CSS pixels: phones, large phones, tablets, laptops, desktops.
pub const WIDTH_CLASSES: [u32; 5] = [0, 480, 768, 1_024, 1_440];

/// The events that a map counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeatmapLayer {
    /// Clicks and taps.
    Clicks,
    /// Rage clicks.
    Rage,
    /// Dead clicks.
    Dead,
    /// Clicks that led to an error, and fields that were refused.
    Errors,
    /// Where the mouse rests.
    Pointer,
    /// How far down the page was seen.
    Scroll,
}

impl HeatmapLayer {
    /// All layers.
    pub const ALL: [Self; 6] =
        [Self::Clicks, Self::Rage, Self::Dead, Self::Errors, Self::Pointer, Self::Scroll];

    /// The name in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clicks => "clicks",
            Self::Rage => "rage",
            Self::Dead => "dead",
            Self::Errors => "errors",
            Self::Pointer => "pointer",
            Self::Scroll => "scroll",
        }
    }

    /// The layer of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.as_str() == text)
    }

    /// Whether it counts friction, whose events name an element but neither place nor viewport.
    pub const fn is_friction(self) -> bool {
        matches!(self, Self::Rage | Self::Dead | Self::Errors)
    }
}

/// Widths of a viewport in CSS pixels, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct WidthRange {
    /// The least.
    pub min: Option<u32>,
    /// The greatest.
    pub max: Option<u32>,
}

/// A map of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Heatmap {
    /// Of the period.
    pub totals: HeatmapTotals,
    /// Of the period before; its sessions are not counted.
    pub previous: HeatmapTotals,
    /// Most events first, ties by selector.
    pub elements: Vec<HeatmapElement>,
    /// How many elements there are altogether.
    pub element_total: u64,
    /// Most events first.
    pub cells: Vec<HeatmapCell>,
    /// Most events first.
    pub points: Vec<HeatmapPoint>,
    /// Of [`WIDTH_CLASSES`], whatever widths are asked for.
    pub widths: [HeatmapWidth; WIDTH_CLASSES.len()],
    /// How far the page was seen.
    pub scroll: ScrollDepth,
}

/// Counts of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeatmapTotals {
    /// Views of the page.
    pub page_views: u64,
    /// Sessions that viewed it.
    pub sessions: u64,
    /// Events of the layer.
    pub events: u64,
    /// Sessions with an event of the layer.
    pub event_sessions: u64,
}

/// Counts of one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatmapElement {
    /// Its selector.
    pub selector: String,
    /// Its text, as of the last event that has one.
    pub text: Option<String>,
    /// Events in the period.
    pub events: u64,
    /// Events in the period before.
    pub previous_events: u64,
    /// Distinct sessions.
    pub sessions: u64,
    /// Distinct visitors.
    pub visitors: u64,
    /// The first event in the period.
    pub first_seen: Timestamp,
    /// The last event.
    pub last_seen: Timestamp,
}

/// Events in one place of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeatmapCell {
    /// The element's index in [`Heatmap::elements`].
    pub element: usize,
    /// Column of the box, from the left, below [`CELLS_PER_SIDE`].
    pub x: u8,
    /// Row of the box, from the top, below [`CELLS_PER_SIDE`].
    pub y: u8,
    /// How many.
    pub events: u64,
}

/// Events of one place without an element.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatmapPoint {
    /// Share of the document's width, a multiple of 1/[`POINT_COLUMNS`].
    pub x: f64,
    /// CSS pixels from the document's top, a multiple of [`POINT_ROW_PX`].
    pub y: u32,
    /// How many.
    pub events: u64,
}

/// Counts of viewports of one class.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HeatmapWidth {
    /// Views of the page.
    pub page_views: u64,
    /// Events of the layer.
    pub events: u64,
    /// The median width of the page views, in CSS pixels.
    pub median: Option<f64>,
}

/// How far down sessions saw the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScrollDepth {
    /// Sessions of which it is known.
    pub sessions: u64,
    /// How many of these saw at least the share `index` / 20 of the page's height; empty when nothing is known.
    pub reached: Vec<u64>,
}

/// A view of a page during which a recording may have run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedView {
    /// The visit.
    pub session_id: String,
    /// When the page was viewed.
    pub at: Timestamp,
    /// When the visit's next page was viewed.
    pub until: Option<Timestamp>,
    /// CSS pixels.
    pub viewport_width: Option<u32>,
    /// CSS pixels.
    pub viewport_height: Option<u32>,
    /// CSS pixels.
    pub document_height: Option<u32>,
}
