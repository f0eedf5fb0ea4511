//! Journals: bytes in, bytes out, in order, each id once.

pub mod sqlite;
