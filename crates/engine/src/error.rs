//! The engine's one error: variants by what the caller can do about it.

use std::borrow::Cow;

use crate::ports::{blobs, catalog, journal, lake, sql};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a use case did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request means nothing; `field` names the part to change.
    #[error("{detail}")]
    Invalid {
        /// The field, by its wire name or its path within the document; none when it is the whole.
        field: Option<Cow<'static, str>>,
        /// What is wrong and what is allowed, for people.
        detail: String,
    },
    /// A statement of SQL that cannot be run.
    #[error("{0}")]
    Statement(Box<sql::Diagnostic>),
    /// Nobody, or nobody we know, is asking.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// Whoever asks may not do this.
    #[error("{0}")]
    Forbidden(&'static str),
    /// There is no such thing, or it belongs to somebody else.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// It clashes with what is there.
    #[error("{0}")]
    Conflict(String),
    /// More than is allowed at once.
    #[error("{0}")]
    TooLarge(String),
    /// Too often; try again after the given seconds.
    #[error("too many requests; try again in {retry_after_seconds} s")]
    Limited {
        /// Seconds to wait.
        retry_after_seconds: u32,
    },
    /// A store cannot be reached or is full; trying again later can succeed.
    #[error("{what} is unavailable")]
    Unavailable {
        /// Which store.
        what: &'static str,
        /// Why.
        #[source]
        cause: Cause,
    },
    /// It took longer or needed more than a question may.
    #[error("the query exceeds its {limit} limit; choose a shorter period")]
    Timeout {
        /// `time` or `memory`.
        limit: &'static str,
    },
    /// A fault of ours.
    #[error("internal error")]
    Internal(#[source] Cause),
}

/// What a caller can do about an [`Error`]: a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Change the request.
    Invalid,
    /// Say who you are.
    Unauthenticated,
    /// Ask somebody who may.
    Forbidden,
    /// Look elsewhere.
    NotFound,
    /// Look again, then decide.
    Conflict,
    /// Send less.
    TooLarge,
    /// Wait.
    Limited,
    /// Try again.
    Unavailable,
    /// Ask for less.
    Timeout,
    /// Report it.
    Internal,
}

impl Error {
    /// An [`Error::Invalid`] of one field.
    pub fn invalid(field: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self::Invalid { field: Some(field.into()), detail: detail.into() }
    }

    /// An [`Error::Internal`] with this cause.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// What the caller can do.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Invalid { .. } | Self::Statement(_) => Kind::Invalid,
            Self::Unauthenticated(_) => Kind::Unauthenticated,
            Self::Forbidden(_) => Kind::Forbidden,
            Self::NotFound(_) => Kind::NotFound,
            Self::Conflict(_) => Kind::Conflict,
            Self::TooLarge(_) => Kind::TooLarge,
            Self::Limited { .. } => Kind::Limited,
            Self::Unavailable { .. } => Kind::Unavailable,
            Self::Timeout { .. } => Kind::Timeout,
            Self::Internal(_) => Kind::Internal,
        }
    }
}

impl From<journal::Error> for Error {
    fn from(error: journal::Error) -> Self {
        Self::Unavailable { what: "the journal", cause: Box::new(error) }
    }
}

impl From<blobs::Error> for Error {
    fn from(blobs::Error(cause): blobs::Error) -> Self {
        Self::Unavailable { what: "the store of recordings", cause }
    }
}

impl From<catalog::Error> for Error {
    fn from(error: catalog::Error) -> Self {
        match error {
            catalog::Error::Unavailable(cause) => Self::Unavailable { what: "the catalog", cause },
            catalog::Error::AlreadyExists { what } => {
                Self::Conflict(format!("{what} already exists"))
            }
            catalog::Error::Internal(cause) => Self::Internal(cause),
        }
    }
}

impl From<lake::Error> for Error {
    fn from(error: lake::Error) -> Self {
        match error {
            lake::Error::Unavailable(cause) => Self::Unavailable { what: "the lake", cause },
            lake::Error::Limit { limit } => Self::Timeout { limit },
            other @ (lake::Error::Conflict | lake::Error::Internal(_)) => {
                Self::Internal(Box::new(other))
            }
        }
    }
}

impl From<sql::Error> for Error {
    fn from(error: sql::Error) -> Self {
        match error {
            sql::Error::Statement(diagnostic) => Self::Statement(Box::new(diagnostic)),
            sql::Error::Limit { limit } => Self::Timeout { limit },
            sql::Error::Unavailable { what, cause } => Self::Unavailable { what, cause },
            sql::Error::Internal(cause) => Self::Internal(cause),
        }
    }
}
