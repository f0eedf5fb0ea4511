//! A document: a column, a version, and a way to read each version there ever was.

use engine::ports::catalog::Error;
use serde::{Deserialize, Serialize};

/// A value that a column holds as a document.
pub(crate) trait Document: Sized {
    /// Its table and column, for diagnostics.
    const COLUMN: &'static str;

    /// The version that is written, and the value in that version's shape: a JSON object without `v`.
    fn current(&self) -> (u32, impl Serialize);

    /// Reads a document of this version.
    fn read(version: u32, text: &str) -> Result<Self, Unreadable>;
}

/// Why a document cannot be read. Quotes nothing of it, for it may be about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    /// The document is of a version this program does not know.
    #[error("a later version of this program wrote it")]
    UnknownVersion,
    /// A member is missing, or of another type.
    #[error("a member is missing or has another type, at byte {0}")]
    Shape(usize),
    /// A member has an impossible value.
    #[error("`{0}` has an impossible value")]
    Member(&'static str),
}

/// A document that cannot be read, or be written.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the stored {column} has no version")]
    NoVersion { column: &'static str },
    #[error("the stored {column} of version {version} cannot be read: {cause}")]
    Unreadable { column: &'static str, version: u32, cause: Unreadable },
    #[error("{column} cannot be written")]
    Unwritable { column: &'static str },
}

#[derive(Serialize)]
struct Versioned<T> {
    v: u32,
    #[serde(flatten)]
    document: T,
}

#[derive(Deserialize)]
struct VersionOnly {
    v: u32,
}

/// The document of a value, of the current version.
pub(crate) fn encode<D: Document>(value: &D) -> Result<String, Error> {
    let (v, document) = value.current();
    serde_json::to_string(&Versioned { v, document })
        .map_err(|_| Error::Internal(Box::new(Fault::Unwritable { column: D::COLUMN })))
}

/// The value of a document, of whichever version it is.
pub(crate) fn decode<D: Document>(text: &str) -> Result<D, Error> {
    let column = D::COLUMN;
    let internal = |fault: Fault| Error::Internal(Box::new(fault));
    let VersionOnly { v: version } =
        serde_json::from_str(text).map_err(|_| internal(Fault::NoVersion { column }))?;
    D::read(version, text).map_err(|cause| internal(Fault::Unreadable { column, version, cause }))
}

/// Reads one version's shape; its `v` has been read before.
pub(super) fn shaped<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(text).map_err(|error| Unreadable::Shape(error.column()))
}
