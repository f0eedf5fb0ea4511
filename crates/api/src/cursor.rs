//! Cursors of lists: the row a page ended with, as a number and a name.

use std::fmt::Display;
use std::str::FromStr;

use domain::time::Timestamp;

use crate::error::Error;

/// The cursor of the row that these two tell from the others.
pub(crate) fn of(number: i64, name: impl Display) -> String {
    format!("{number}.{name}")
}

/// The cursor of a row that its time and its name tell from the others.
pub(crate) fn at(time: Timestamp, name: impl Display) -> String {
    of(time.micros(), name)
}

/// What [`of`] was given. Fails with 400 when `text` is none of ours.
pub(crate) fn read<N: FromStr>(text: &str) -> Result<(i64, N), Error> {
    let read = || {
        let (number, name) = text.split_once('.')?;
        Some((number.parse().ok()?, name.parse().ok()?))
    };
    read().ok_or_else(|| Error::invalid("cursor", "cursor is not one of ours"))
}

/// What [`at`] was given. Fails with 400 when `text` is none of ours.
pub(crate) fn read_at<N: FromStr>(text: &str) -> Result<(Timestamp, N), Error> {
    read(text).map(|(micros, name)| (Timestamp::from_micros(micros), name))
}
