//! Identifiers of a data subject.

use std::collections::BTreeSet;

use crate::email::folded;

/// What kind of name an identifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// The site's own id for the person.
    User,
    /// A case-folded e-mail address.
    Email,
    /// The anonymous id of a browser that only this person signed in on.
    Visitor,
    /// A session that only this person was seen in.
    Session,
}

impl IdentifierKind {
    /// The word that goes into digests: never change one.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Email => "email",
            Self::Visitor => "visitor",
            Self::Session => "session",
        }
    }
}

/// Everything a person is known by in one project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// The site's own ids.
    pub user_ids: BTreeSet<String>,
    /// Case-folded addresses.
    pub emails: BTreeSet<String>,
    /// Browsers nobody else signed in on.
    pub visitor_ids: BTreeSet<String>,
    /// Sessions nobody else was seen in.
    pub session_ids: BTreeSet<String>,
}

impl Identifiers {
    /// What is known of a person who is named by `subject`: it is their user id, and where it could be
    /// one, their address.
    pub fn of_subject(subject: &str) -> Self {
        let mut named = Self::default();
        named.user_ids.insert(subject.to_owned());
        if subject.contains('@') {
            named.emails.insert(folded(subject));
        }
        named
    }

    /// Whether the person is known by this.
    pub fn has(&self, kind: IdentifierKind, text: &str) -> bool {
        self.of_kind(kind).contains(text)
    }

    /// Whether this user id is the person's: one of theirs, or one of their addresses.
    pub fn is_user(&self, user_id: &str) -> bool {
        self.user_ids.contains(user_id)
            || (user_id.contains('@') && self.emails.contains(&folded(user_id)))
    }

    /// The identifiers of one kind.
    pub fn of_kind(&self, kind: IdentifierKind) -> &BTreeSet<String> {
        match kind {
            IdentifierKind::User => &self.user_ids,
            IdentifierKind::Email => &self.emails,
            IdentifierKind::Visitor => &self.visitor_ids,
            IdentifierKind::Session => &self.session_ids,
        }
    }

    /// Every identifier with its kind.
    pub fn all(&self) -> impl Iterator<Item = (IdentifierKind, &str)> {
        [
            IdentifierKind::User,
            IdentifierKind::Email,
            IdentifierKind::Visitor,
            IdentifierKind::Session,
        ]
        .into_iter()
        .flat_map(|kind| self.of_kind(kind).iter().map(move |text| (kind, text.as_str())))
    }

    /// Takes in what else a person is known by.
    pub fn add(&mut self, other: Self) {
        self.user_ids.extend(other.user_ids);
        self.emails.extend(other.emails);
        self.visitor_ids.extend(other.visitor_ids);
        self.session_ids.extend(other.session_ids);
    }

    /// Leaves out the browsers and sessions of `other`: somebody else uses them, too.
    pub fn leave_out_devices(&mut self, other: &Self) {
        self.visitor_ids.retain(|id| !other.visitor_ids.contains(id));
        self.session_ids.retain(|id| !other.session_ids.contains(id));
    }
}
