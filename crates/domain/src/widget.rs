//! The embedded call widgets: their kinds, and what they tell.

use serde::{Deserialize, Serialize};

/// A call begins.
pub const CALL_START: &str = "call_start";
/// A call ends: really, or as Footfall infers it.
pub const CALL_END: &str = "call_end";
/// A call fails.
pub const CALL_ERROR: &str = "call_error";
/// A call is still going on; sent every 30 s.
pub const CALL_HEARTBEAT: &str = "call_heartbeat";

/// Every `event_type` of contract 2.
pub const EVENT_TYPES: [&str; 6] =
    ["widget_load", "widget_open", CALL_START, CALL_END, CALL_ERROR, CALL_HEARTBEAT];

/// How a widget sits in its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WidgetKind {
    /// A part of the page.
    Inline,
    /// A button over the page that opens; sends `widget_open`.
    Floating,
    /// A page of its own; sends `widget_open`.
    Page,
}

impl WidgetKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Inline, Self::Floating, Self::Page];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Floating => "floating",
            Self::Page => "page",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
