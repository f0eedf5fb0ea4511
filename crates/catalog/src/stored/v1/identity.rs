//! An identity of a contact, within a document.

use domain::crm;
use serde::{Deserialize, Serialize};

use crate::stored::document::Unreadable;

/// One way to find a contact.
#[derive(Serialize, Deserialize)]
pub(super) struct Identity {
    kind: Kind,
    /// The id of the contact that only this identity knows.
    contact: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    User,
    Email,
}

impl From<&crm::Identity> for Identity {
    fn from(identity: &crm::Identity) -> Self {
        let kind = match identity.kind {
            crm::IdentityKind::User => Kind::User,
            crm::IdentityKind::Email => Kind::Email,
        };
        Self { kind, contact: identity.contact_id.to_string() }
    }
}

impl TryFrom<Identity> for crm::Identity {
    type Error = Unreadable;

    fn try_from(stored: Identity) -> Result<Self, Unreadable> {
        let kind = match stored.kind {
            Kind::User => crm::IdentityKind::User,
            Kind::Email => crm::IdentityKind::Email,
        };
        Ok(Self { kind, contact_id: contact_id(&stored.contact)? })
    }
}

/// The contact of this id.
pub(super) fn contact_id(text: &str) -> Result<crm::ContactId, Unreadable> {
    text.parse().map_err(|_| Unreadable::Member("contact"))
}
