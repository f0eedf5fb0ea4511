//! Questions the dashboard asks, as types: what is asked, and the shape of the answer.
//!
//! A question always names one project and one period. It never carries text that becomes SQL:
//! filters are typed and bound by the lake.

mod events;
mod friction;
mod overview;
mod pages;
mod scope;
mod vitals;

pub use events::{EventRow, Events};
pub use friction::{FrictionItem, FrictionItems, FrictionKind, FrictionPage, ItemSort, KindCount};
pub use overview::{Bucket, Overview, Totals};
pub use pages::{PageRow, Pages};
pub use scope::{BadPeriod, Filters, Period, Scope, Slice};
pub use vitals::{PageVitals, VitalSummary, WebVitals};
