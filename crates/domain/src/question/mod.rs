//! Questions the dashboard asks, as types: what is asked, and the shape of the answer.
//!
//! A question always names one project and one period. It never carries text that becomes SQL:
//! filters are typed and bound by the lake.

pub mod acquisition;
mod bots;
mod buckets;
mod channel;
mod conversion;
mod delivery;
pub mod engagement;
pub mod errors;
mod events;
mod filter;
pub mod forms;
mod friction;
pub mod friction_cost;
pub mod funnel;
pub mod goals;
pub mod heatmap;
pub mod journey;
mod overview;
mod pages;
mod period;
mod person_events;
mod quantile;
mod scope;
pub mod search_patterns;
mod session_events;
mod sessions;
pub mod visitor_retention;
mod vitals;
mod widget_activity;

pub use bots::{Bot, BotBucket, BotRule, BotShare, MAX_BOTS};
pub use buckets::SeriesBuckets;
pub use channel::{TrafficChannel, TrafficSource};
pub use conversion::{
    Conversion, ConversionFold, ConversionReport, MAX_CONVERSIONS, TooManyPurchases, purchase_id,
};
pub use delivery::{Delivery, MAX_MISSING};
pub use events::{EventCursor, EventPage, EventRange, EventRow};
pub use filter::{
    FilterCondition, FilterDimension, FilterLevel, FilterOperator, FilterValue, Filters,
    InvalidFilter, MAX_FILTER_VALUE_BYTES, MAX_FILTER_VALUES, MAX_FILTERS, MAX_FILTERS_BYTES,
    SessionBehavior, parse_filters, write_filters,
};
pub use friction::{
    FrictionItem, FrictionItemPage, FrictionKind, FrictionPage, ItemSort, KindCount,
};
pub use overview::{Bucket, Overview, Totals};
pub use pages::{PageList, PageRow};
pub use period::{InvalidPeriod, Period};
pub use person_events::PersonEventRange;
pub use scope::{PageRange, Scope};
pub use session_events::{SessionEvent, SessionEventCursor, SessionEventRange};
pub use sessions::{SessionFilters, SessionPage, SessionSort, SessionSummary};
pub use vitals::{PageVitals, VitalSummary, WebVitals};
pub use widget_activity::WidgetActivity;
