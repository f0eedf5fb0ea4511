//! People: contacts and customers seen as one, with everything known of them over all contracts.
//!
//! A person is named by a contact's id or by a user id of the site. The catalog resolves everything else they are known by, as it
//! does for exports and erasures: contacts merge by user id and e-mail.

mod notes;
mod timeline;

use std::sync::Arc;

use domain::clock::Clock;
use domain::crm::{ContactId, Identity};
use domain::erasure::Identifiers;
use domain::id::{IdSource, ProjectId};

use crate::Error;
use crate::ports::catalog::{
    Contact, ContactStore, CustomerRow, CustomerStore, PersonFigures, PersonKeys, PersonStore,
    SubjectStore,
};
use crate::questions::AnalyticsService;

pub use notes::{MAX_NOTE_CHARACTERS, MAX_NOTES};
pub use timeline::{PersonMoment, PersonTimelineQuery};

/// User ids of a person that are looked at: more than a person has.
const MAX_USER_IDS: usize = 20;

/// The use cases around people. The caller has authorised the member.
pub struct PeopleService {
    parts: Dependencies,
}

/// The parts of [`PeopleService`].
pub struct Dependencies {
    /// Everything the catalog holds of a person.
    pub people: Arc<dyn PersonStore>,
    /// Contacts.
    pub contacts: Arc<dyn ContactStore>,
    /// Customers.
    pub customers: Arc<dyn CustomerStore>,
    /// Resolves who somebody is.
    pub subjects: Arc<dyn SubjectStore>,
    /// Events.
    pub questions: Arc<AnalyticsService>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of notes.
    pub ids: Arc<dyn IdSource>,
}

/// A person as they are known now.
#[derive(Debug, Clone)]
pub struct Person {
    /// The contact, if there is one.
    pub contact: Option<Contact>,
    /// The customers: one for each user id with sessions or purchases, those active last first.
    pub customers: Vec<CustomerRow>,
    /// Everything they are known by.
    pub identifiers: Identifiers,
    /// Their figures.
    pub figures: PersonFigures,
}

/// A person as requests name them.
struct Resolved {
    contact: Option<Contact>,
    customers: Vec<CustomerRow>,
    identifiers: Identifiers,
    keys: PersonKeys,
}

impl PeopleService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts }
    }

    /// A person, by a contact's id or a user id.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is neither a contact nor a customer.
    pub async fn person(&self, project: ProjectId, person: &str) -> Result<Person, Error> {
        let Resolved { contact, customers, identifiers, keys } =
            self.resolve(project, person).await?;
        let figures = self.parts.people.figures(project, &keys).await?;
        Ok(Person { contact, customers, identifiers, figures })
    }

    async fn resolve(&self, project: ProjectId, person: &str) -> Result<Resolved, Error> {
        let Dependencies { contacts, customers, subjects, .. } = &self.parts;
        let as_contact = person.parse::<ContactId>().ok();
        let mut contact = match as_contact {
            Some(id) => contacts.contact(project, id).await?,
            None => None,
        };
        let mut named = Identifiers::default();
        if contact.is_none() {
            let user = Identity::user(project, person);
            contact = contacts.contact(project, user.contact_id).await?;
            named.user_ids.insert(person.to_owned());
        }
        if let Some(Contact { state, .. }) = &contact {
            named.user_ids.extend(state.user_id.clone());
            named.emails.extend(state.email.clone());
        }
        let identifiers = subjects.resolve_identifiers(project, &named).await?;
        let user_ids: Vec<String> =
            identifiers.user_ids.iter().take(MAX_USER_IDS).cloned().collect();
        let mut rows = Vec::new();
        for user in &user_ids {
            rows.extend(customers.customer(project, user).await?);
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.updated_at));
        if contact.is_none() && rows.is_empty() {
            return Err(Error::NotFound("person"));
        }
        let emails = identifiers.emails.iter().map(|email| Identity::email(project, email));
        let users = identifiers.user_ids.iter().map(|user| Identity::user(project, user));
        let keys = PersonKeys {
            contact: contact.as_ref().map(|contact| contact.id),
            names: users.chain(emails).map(|identity| identity.contact_id).collect(),
            user_ids,
        };
        Ok(Resolved { contact, customers: rows, identifiers, keys })
    }
}

impl std::fmt::Debug for PeopleService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PeopleService").finish_non_exhaustive()
    }
}
