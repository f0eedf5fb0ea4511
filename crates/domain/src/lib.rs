//! The words and the rules of Footfall: pure types and functions, no clock, no I/O, no async.
//!
//! Everything here is a value. Time and chance come in as parameters ([`clock::Clock`],
//! [`id::IdSource`]), so the same input gives the same output on every machine and in every test.

pub mod annotation;
pub mod billing;
pub mod board;
pub mod clock;
pub mod clock_skew;
pub mod crm;
pub mod customer;
pub mod customer_fact;
pub mod email;
pub mod erasure;
pub mod error_group;
pub mod error_triage;
pub mod event;
pub mod failure_backoff;
pub mod form_progress;
pub mod friction;
pub mod goal;
pub mod host_address;
pub mod id;
pub mod key;
pub mod limits;
pub mod logo;
pub mod money;
pub mod origin;
pub mod outcome;
pub mod page;
pub mod person;
pub mod privacy;
pub mod project_creation;
pub mod project_settings;
pub mod question;
pub mod random;
pub mod rate_limit;
pub mod readable_id;
pub mod recording;
pub mod retention;
pub mod role;
pub mod saved_question;
pub mod score;
pub mod sdk_settings;
pub mod sender_kind;
pub mod sender_network;
pub mod session;
pub mod share_link;
pub mod source_map;
pub mod stack;
pub mod time;
pub mod visibility;
pub mod vitals;
pub mod webhook;
pub mod widget;
pub mod zone;
