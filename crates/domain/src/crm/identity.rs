//! Identity resolution: the ids a contact is found by, and readable ids of its records.

use uuid::Uuid;

use crate::email;
use crate::id::{EventId, ProjectId};
use crate::readable_id::readable_id;

readable_id! {
    /// Names a contact: `contact_` and 32 hexadecimal digits.
    ContactId = "contact_",
    /// Names an entry of a timeline.
    ActivityId = "activity_",
    /// Names a task.
    TaskId = "task_",
}

/// By what a contact is known. A user id comes before an address: it survives a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentityKind {
    /// The site's own id for the person.
    User,
    /// A case-folded e-mail address.
    Email,
}

/// One way to find a contact, as the contact id it alone would give.
///
/// Identities that one fact names belong to one contact; of all identities of a contact the least
/// gives its id, so that every order of arrival ends with the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// By what.
    pub kind: IdentityKind,
    /// The id of the contact that only this identity knows.
    pub contact_id: ContactId,
}

impl Identity {
    /// The identity of a user id.
    pub fn user(project: ProjectId, user_id: &str) -> Self {
        Self::of(project, IdentityKind::User, "user", user_id)
    }

    /// The identity of an address, whatever its case.
    pub fn email(project: ProjectId, email: &str) -> Self {
        Self::of(project, IdentityKind::Email, "email", &email::folded(email))
    }

    /// The identities of a person, the surviving one first.
    pub fn all(project: ProjectId, user_id: Option<&str>, email: Option<&str>) -> Vec<Self> {
        let user = user_id.map(|user_id| Self::user(project, user_id));
        let email = email.map(|email| Self::email(project, email));
        user.into_iter().chain(email).collect()
    }

    fn of(project: ProjectId, kind: IdentityKind, word: &str, text: &str) -> Self {
        let id = Uuid::new_v5(&project.0, format!("contact:{word}:{text}").as_bytes());
        Self { kind, contact_id: ContactId(id) }
    }
}

impl ActivityId {
    /// The entry of a fact.
    pub fn of_fact(id: EventId) -> Self {
        Self(id.0)
    }

    /// The entry that says that a fact merged `absorbed` into its contact.
    pub fn of_merge(id: EventId, absorbed: ContactId) -> Self {
        Self(Uuid::new_v5(&id.0, format!("merged:{absorbed}").as_bytes()))
    }
}

impl TaskId {
    /// The task of this kind that an event opens.
    pub fn of_event(project: ProjectId, kind: &str, event: EventId) -> Self {
        Self(Uuid::new_v5(&project.0, format!("task:{kind}:{event}").as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: ProjectId = ProjectId(Uuid::from_u128(7));

    #[test]
    fn ids_are_readable_and_read_back() {
        let id = Identity::user(PROJECT, "42").contact_id;
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().starts_with("contact_"));
        for text in ["", "contact_", "contact_zz", "task_00000000000000000000000000000001"] {
            assert!(text.parse::<ContactId>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_user_id_is_no_address_and_another_projects_user_somebody_else() {
        let user = Identity::user(PROJECT, "a@b.test");
        assert_ne!(user.contact_id, Identity::email(PROJECT, "a@b.test").contact_id);
        assert_ne!(user, Identity::user(ProjectId(Uuid::from_u128(8)), "a@b.test"));
        assert_eq!(Identity::email(PROJECT, " A@B.test"), Identity::email(PROJECT, "a@b.test"));
        assert!(user < Identity::email(PROJECT, "0"));
    }
}
