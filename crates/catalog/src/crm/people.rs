//! Who is who among those that facts name: read once, united in memory, stored once.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{ContactId, Fact, Identity};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::identities;

/// The identities of a batch of facts.
#[derive(Default)]
pub(super) struct People {
    /// The identity that gave its id to the contact, at first, by each id that is known.
    heads: BTreeMap<ContactId, Identity>,
    /// Who contacts turned out to be since then.
    merged: BTreeMap<ContactId, Identity>,
    /// Identities nobody was known by.
    new: Vec<Identity>,
    /// Contacts that no stored row belongs to.
    bare: BTreeSet<ContactId>,
}

impl People {
    /// Reads what is stored of those that these facts name.
    pub(super) async fn read(
        &mut self,
        connection: &mut AnyConnection,
        project: ProjectId,
        facts: &[&Fact],
    ) -> Result<(), Error> {
        let named = facts.iter().flat_map(|fact| &fact.identities).map(|named| named.contact_id);
        let unread = named.filter(|id| !self.heads.contains_key(id)).collect();
        self.heads.append(&mut identities::heads(connection, project, unread).await?);
        Ok(())
    }

    /// The identity that gives its id to the contact that `identity` belongs to: itself, when nobody was
    /// known by it.
    pub(super) fn head(&mut self, identity: Identity) -> Identity {
        let mut head = *self.heads.entry(identity.contact_id).or_insert_with(|| {
            self.new.push(identity);
            self.bare.insert(identity.contact_id);
            identity
        });
        while let Some(into) = self.merged.get(&head.contact_id) {
            head = *into;
        }
        head
    }

    /// Whether no stored row belongs to a contact.
    pub(super) fn is_bare(&self, contact: ContactId) -> bool {
        self.bare.contains(&contact)
    }

    /// Notes that the contact `from` is the contact of `into`.
    pub(super) fn merge(&mut self, from: ContactId, into: Identity) {
        if !self.is_bare(from) {
            self.bare.remove(&into.contact_id);
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
