//! Rollups: counts and sketches of what a data file holds, in a file beside it.
//!
//! A merged data file `month=…/NAME.parquet` has a rollup `_rollups/NAME.rollup`. It holds, for every
//! project in the data file, [`Aggregates`] by hour and by day, and by day for each value of each
//! [`Dimension`]; events of bots are left out. A question adds up the rollups of the snapshot's files for
//! the hours and days that lie inside its period, and asks the events only for what is left: the ends of
//! the period, and files that were flushed lately and have no rollup yet.
//!
//! # Invariants
//!
//! - A rollup is a pure function of its data file's rows. It is on disk before the commit that names the data
//!   file, is deleted with it, and is written anew when an erasure rewrites the file. So there is no
//!   position of its own, late events correct nothing but their own file's figures, and no figure outlives
//!   its events.
//! - A rollup that is missing or damaged costs time, not correctness: the file's events are asked instead.
//! - Counts are exact. Distinct visitors and sessions are exact up to [`distinct::EXACT_UP_TO`], and
//!   estimates beyond; [`Distinct::relative_error`] tells how good.

mod build;
mod cover;
mod distinct;
mod file;
mod measures;
mod store;

pub(crate) use build::Builder;
pub(crate) use cover::{Cover, Unit};
pub(crate) use distinct::Distinct;
pub(crate) use file::{Dimension, Rolled, Section, Value};
pub(crate) use measures::Aggregates;
pub(crate) use store::{FOLDER, Unreadable, path_of, read, remove, write};
