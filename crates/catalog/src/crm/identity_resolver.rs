//! Identity resolution for a batch of facts: loads once, merges in memory, stores once.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{ContactFact, ContactId, Identity};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::identities;

/// The identities of a batch of facts.
#[derive(Default)]
pub(super) struct IdentityResolver {
    /// The head identity of each known contact id; the head gives the contact its id.
    heads: BTreeMap<ContactId, Identity>,
    /// Merges since then: the surviving head of each absorbed contact.
    merged: BTreeMap<ContactId, Identity>,
    /// New identities.
    new: Vec<Identity>,
    /// Contacts that no stored row belongs to.
    unstored: BTreeSet<ContactId>,
}

impl IdentityResolver {
    /// Loads the stored heads of the identities these facts name.
    pub(super) async fn read(
        &mut self,
        connection: &mut AnyConnection,
        project: ProjectId,
        facts: &[&ContactFact],
    ) -> Result<(), Error> {
        let named = facts.iter().flat_map(|fact| &fact.identities).map(|named| named.contact_id);
        let unread = named.filter(|id| !self.heads.contains_key(id)).collect();
        self.heads.append(&mut identities::heads(connection, project, unread).await?);
        Ok(())
    }

    /// Returns the head of the contact that `identity` belongs to; a new identity
    /// is its own head.
    pub(super) fn head(&mut self, identity: Identity) -> Identity {
        let mut head = *self.heads.entry(identity.contact_id).or_insert_with(|| {
            self.new.push(identity);
            self.unstored.insert(identity.contact_id);
            identity
        });
        while let Some(into) = self.merged.get(&head.contact_id) {
            head = *into;
        }
        head
    }

    /// Whether no stored row belongs to a contact.
    pub(super) fn is_unstored(&self, contact: ContactId) -> bool {
        self.unstored.contains(&contact)
    }

    /// Notes that the contact `from` is the contact of `into`.
    pub(super) fn merge(&mut self, from: ContactId, into: Identity) {
        if !self.is_unstored(from) {
            self.unstored.remove(&into.contact_id);
        }
        self.merged.insert(from, into);
    }

    /// Stores identities nobody was known by.
    pub(super) async fn store(
        &mut self,
        connection: &mut AnyConnection,
        project: ProjectId,
    ) -> Result<(), Error> {
        let new = std::mem::take(&mut self.new);
        let belongs: Vec<_> =
            new.into_iter().map(|identity| (identity, self.head(identity).contact_id)).collect();
        identities::add(connection, project, belongs.into_iter()).await
    }
}
