//! The test harness: a server in its own folder, its owner, and pages that send events.

mod events;
mod http;
mod owner;
mod page;
mod process;
mod random;
mod raw;
mod wait;

pub(crate) use events::{click, error, event_id, page_view, performance, rage_click, site_traffic};
pub(crate) use http::{Http, Reply};
pub(crate) use owner::{EMAIL, Owner, PASSWORD, refused};
pub(crate) use page::Page;
pub(crate) use process::{Footfall, command, tool};
pub(crate) use random::Random;
pub(crate) use raw::{Connection, ingest_head};
pub(crate) use wait::{Deadline, now, wait_until};
