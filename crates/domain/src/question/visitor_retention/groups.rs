//! Which sessions belong to the groups with most visitors.
//!
//! Sessions come value by value, so that whatever number of values there is, only those with most visitors so far are in
//! memory, and the sessions of these.

use super::{GroupValue, MAX_GROUPS};

/// Finds the values in whose sessions most visitors came for the first time.
#[derive(Debug, Default)]
pub struct LargestGroups {
    /// Those with most visitors so far, first the most, and no more than an answer shows.
    kept: Vec<ValueSessions>,
    /// The value that comes.
    current: Option<ValueSessions>,
    without: Vec<i64>,
}

/// The sessions with a value.
#[derive(Debug)]
struct ValueSessions {
    value: String,
    visitors: u64,
    sessions: Vec<i64>,
}

impl LargestGroups {
    /// Adds a session and the number of its visitors. The sessions of a value come one after the other; those without one,
    /// or with an empty one, at any time.
    pub fn add(&mut self, value: Option<&str>, session: i64, visitors: u64) {
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return self.without.push(session);
        };
        if self.current.as_ref().is_none_or(|current| current.value != value) {
            self.close();
            let value = value.to_owned();
            self.current = Some(ValueSessions { value, visitors: 0, sessions: Vec::new() });
        }
        if let Some(current) = &mut self.current {
            current.visitors += visitors;
            current.sessions.push(session);
        }
    }

    /// Places the value whose sessions have all come among the others, and leaves out the one that falls behind.
    fn close(&mut self) {
        let Some(closed) = self.current.take() else { return };
        let is_before = |kept: &ValueSessions| {
            kept.visitors > closed.visitors
                || (kept.visitors == closed.visitors && kept.value < closed.value)
        };
        let place = self.kept.partition_point(is_before);
        if place < MAX_GROUPS {
            self.kept.insert(place, closed);
            self.kept.truncate(MAX_GROUPS);
        }
    }

    /// The groups of all sessions that came.
    pub fn finish(mut self) -> SessionGrouping {
        self.close();
        let mut groups = SessionGrouping::default();
        for kept in self.kept {
            groups.push(GroupValue::Value(kept.value), kept.sessions);
        }
        groups.sessionless = Some(groups.values.len());
        groups.push(GroupValue::Without, self.without);
        groups.others = Some(groups.values.len());
        groups.push(GroupValue::Others, Vec::new());
        groups.sessions.sort_unstable();
        groups
    }
}

/// The group of each session.
#[derive(Debug, Default)]
pub struct SessionGrouping {
    values: Vec<GroupValue>,
    /// Sessions with the index of their group, by their number.
    sessions: Vec<(i64, u8)>,
    /// The index of the group of visitors without a first session.
    sessionless: Option<usize>,
    /// The index of the group of all other sessions.
    others: Option<usize>,
}

impl SessionGrouping {
    /// One group: of these sessions, which have this value; where it is empty, of visitors without a session, too.
    pub fn only(value: &str, sessions: Vec<i64>) -> Self {
        let mut groups = Self::default();
        if value.is_empty() {
            groups.sessionless = Some(0);
            groups.push(GroupValue::Without, sessions);
        } else {
            groups.push(GroupValue::Value(value.to_owned()), sessions);
        }
        groups.sessions.sort_unstable();
        groups
    }

    fn push(&mut self, value: GroupValue, sessions: Vec<i64>) {
        // There are fewer than 256 groups.
        let index = u8::try_from(self.values.len()).unwrap_or(u8::MAX);
        self.values.push(value);
        self.sessions.extend(sessions.into_iter().map(|session| (session, index)));
    }

    /// Whom the groups hold.
    pub fn values(&self) -> &[GroupValue] {
        &self.values
    }

    /// The index of the group of a visitor by the first session; none of visitors that do not count.
    pub fn group_of(&self, first_session: Option<i64>) -> Option<usize> {
        let Some(session) = first_session else { return self.sessionless };
        match self.sessions.binary_search_by_key(&session, |(session, _)| *session) {
            Ok(place) => Some(usize::from(self.sessions[place].1)),
            Err(_) => self.others,
        }
    }
}
