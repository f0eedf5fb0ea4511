//! Documents: values that a column holds as JSON.
//!
//! # The rule
//!
//! Every document that a released version wrote can be read for ever, however `domain` changes. So
//! documents have types of their own, by version, and these types never change after their release:
//!
//! - Every document carries its version: `{"v":1,…}`. Each kind of document counts its own versions.
//! - A new member is either optional, and its absence means what held before it; or it makes a new
//!   version, whose type stands in `v2` beside the old one. `versions.rs` then reads both and writes the
//!   new one.
//! - A version this program does not know, or a document without one, is an error that names the column
//!   and the version; never a default.
//! - `tests/golden` has a file for every version of every document. The tests read each, and compare what
//!   is written today byte by byte. Files are added, never changed.
//!
//! Instants are microseconds since 1970, an absent member is none, and empty lists are left out: sessions
//! are written again with every batch that touches them.
//!
//! # What is no document
//!
//! - Lists of texts (`allowed_domains`, `kinds`, `leftovers`) are bare arrays, which SQL shows as they
//!   are: see [`lists`]. A list that needs more than texts becomes a document; its braces tell it apart.
//! - `webhook_deliveries.body` is a message as it is sent; nothing here reads it.

mod document;
pub(crate) mod lists;
mod v1;
mod versions;

#[cfg(test)]
mod tests;

pub(crate) use document::{Document, decode, encode};
