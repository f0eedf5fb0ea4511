//! One suite a port: every implementation passes it, the fakes too.

pub mod blobs;
pub mod catalog;
pub mod journal;
