//! The words and the rules of Footfall: pure types and functions, no clock, no I/O, no async.
//!
//! Everything here is a value. Time and chance come in as parameters ([`clock::Clock`],
//! [`id::IdSource`]), so the same input gives the same output on every machine and in every test.

pub mod backoff;
pub mod billing;
pub mod bot;
pub mod chance;
pub mod clock;
pub mod crm;
pub mod customer;
pub mod customer_fact;
pub mod erasure;
pub mod error_group;
pub mod event;
pub mod friction;
pub mod host_address;
pub mod id;
pub mod key;
pub mod limits;
pub mod money;
pub mod network;
pub mod origin;
pub mod outcome;
pub mod page;
pub mod privacy;
pub mod project_creation;
pub mod question;
pub mod rate;
pub mod readable_id;
pub mod recording;
pub mod role;
pub mod score;
pub mod sdk_settings;
pub mod session;
pub mod skew;
pub mod time;
pub mod vitals;
pub mod webhook;
pub mod widget;
