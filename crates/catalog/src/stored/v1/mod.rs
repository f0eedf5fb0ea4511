//! Version 1: a file for each document, with its type and the conversions from `domain`'s type and back.
//!
//! The types are the format and stay as they are; the conversions follow `domain`.

pub(super) mod board_cards;
pub(super) mod checkpoint;
pub(super) mod contact;
pub(super) mod fact;
pub(super) mod identifiers;
pub(super) mod question_details;
pub(super) mod settings;
pub(super) mod statement_result;
pub(super) mod task;
pub(super) mod timeline;

mod identity;
mod money;
