//! From the errors of the libraries to those of the port: what the caller can do about them.

use std::io;

use datafusion::common::DataFusionError;
use deltalake::DeltaTableError;
use engine::ports::lake::Error;

/// A question that ran out of memory, storage that failed it, or a fault of ours.
pub(crate) fn from_datafusion(error: DataFusionError) -> Error {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => Error::Limit { limit: "memory" },
        DataFusionError::IoError(_) | DataFusionError::ObjectStore(_) => {
            Error::Unavailable(Box::new(error))
        }
        _ => Error::Internal(Box::new(error)),
    }
}

/// Reading or writing the log failed.
pub(crate) fn from_delta(error: DeltaTableError) -> Error {
    match error {
        DeltaTableError::ObjectStore { .. } | DeltaTableError::Io { .. } => {
            Error::Unavailable(Box::new(error))
        }
        _ => Error::Internal(Box::new(error)),
    }
}

/// The disk failed or is full.
pub(crate) fn from_io(error: io::Error) -> Error {
    Error::Unavailable(Box::new(error))
}

/// Anything that should not happen.
pub(crate) fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Internal(error.into())
}
