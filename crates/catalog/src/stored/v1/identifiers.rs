//! Identifiers of an erased person.

use std::collections::BTreeSet;

use domain::erasure;
use serde::{Deserialize, Serialize};

/// Identifiers by kind.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Identifiers {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    user_ids: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    emails: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    visitor_ids: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    session_ids: BTreeSet<String>,
}

impl From<&erasure::Identifiers> for Identifiers {
    fn from(identifiers: &erasure::Identifiers) -> Self {
        let erasure::Identifiers { user_ids, emails, visitor_ids, session_ids } =
            identifiers.clone();
        Self { user_ids, emails, visitor_ids, session_ids }
    }
}

impl From<Identifiers> for erasure::Identifiers {
    fn from(stored: Identifiers) -> Self {
        let Identifiers { user_ids, emails, visitor_ids, session_ids } = stored;
        Self { user_ids, emails, visitor_ids, session_ids }
    }
}
