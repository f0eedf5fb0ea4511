//! The fold of a contact's facts that are no longer stored.

use std::collections::BTreeMap;

use domain::crm;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::contact::Contact;
use crate::stored::document::Unreadable;

/// A checkpoint.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Checkpoint {
    /// The contact as the facts have made it.
    contact: Contact,
    /// When each session they named was named last.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    sessions: BTreeMap<String, i64>,
}

impl From<&crm::Checkpoint> for Checkpoint {
    fn from(checkpoint: &crm::Checkpoint) -> Self {
        let crm::Checkpoint { state, sessions } = checkpoint;
        let sessions = sessions.iter().map(|(id, at)| (id.clone(), at.micros())).collect();
        Self { contact: Contact::from(state), sessions }
    }
}

impl TryFrom<Checkpoint> for crm::Checkpoint {
    type Error = Unreadable;

    fn try_from(stored: Checkpoint) -> Result<Self, Unreadable> {
        let Checkpoint { contact, sessions } = stored;
        let sessions = sessions.into_iter().map(|(id, at)| (id, Timestamp::from_micros(at)));
        Ok(Self { state: contact.try_into()?, sessions: sessions.collect() })
    }
}
