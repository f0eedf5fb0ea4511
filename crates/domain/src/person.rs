//! A person's timeline: moments of several sources in one order.
//!
//! The order is the latest instant first; at one instant by source, then by id, the greatest first. Each source
//! answers in this order by itself, so that pages of all of them together follow each other by the place of the
//! last moment alone.

use crate::time::Timestamp;

/// The kind of a moment, as a reader chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MomentKind {
    /// An order, a booking that was completed, or a review.
    Purchase,
    /// Any other customer event.
    Activity,
    /// An action of a member on a task.
    Task,
    /// A member changed the contact, or another contact was merged into it.
    Change,
    /// A session began.
    Session,
    /// A recording began.
    Recording,
    /// A call began.
    Call,
    /// A member wrote a note.
    Note,
    /// Behavior on the site.
    Behavior,
    /// Friction the person met.
    Friction,
}

/// Customer events that are [`MomentKind::Purchase`].
pub const PURCHASES: [&str; 3] = ["order.placed", "booking.completed", "review.posted"];

/// Where moments are read. The order of the variants is the order of moments of one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MomentSource {
    /// The CRM's activities.
    Activities,
    /// Customers' sessions.
    Sessions,
    /// Recordings.
    Recordings,
    /// Calls.
    Calls,
    /// Members' notes.
    Notes,
    /// The lake.
    Events,
}

impl MomentKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Purchase,
        Self::Activity,
        Self::Task,
        Self::Change,
        Self::Session,
        Self::Recording,
        Self::Call,
        Self::Note,
        Self::Behavior,
        Self::Friction,
    ];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Activity => "activity",
            Self::Task => "task",
            Self::Change => "change",
            Self::Session => "session",
            Self::Recording => "recording",
            Self::Call => "call",
            Self::Note => "note",
            Self::Behavior => "behavior",
            Self::Friction => "friction",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Where moments of this kind are read.
    pub const fn source(self) -> MomentSource {
        match self {
            Self::Purchase | Self::Activity | Self::Task | Self::Change => MomentSource::Activities,
            Self::Session => MomentSource::Sessions,
            Self::Recording => MomentSource::Recordings,
            Self::Call => MomentSource::Calls,
            Self::Note => MomentSource::Notes,
            Self::Behavior | Self::Friction => MomentSource::Events,
        }
    }

    /// The kind of a CRM activity of this name. An event that a site names like a member's action is listed with
    /// those.
    pub fn of_activity(name: &str) -> Self {
        match name {
            "contact.edited" | "contact.merged" => Self::Change,
            name if PURCHASES.contains(&name) => Self::Purchase,
            name if name.starts_with("task.") => Self::Task,
            _ => Self::Activity,
        }
    }
}

impl MomentSource {
    /// Every source, in the order of moments of one instant.
    pub const ALL: [Self; 6] = [
        Self::Activities,
        Self::Sessions,
        Self::Recordings,
        Self::Calls,
        Self::Notes,
        Self::Events,
    ];

    /// Its place in the order, as cursors hold it.
    pub fn index(self) -> u8 {
        self as u8
    }

    /// The source at that place.
    pub fn from_index(index: u8) -> Option<Self> {
        Self::ALL.get(usize::from(index)).copied()
    }
}

/// A moment's place in the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentPlace {
    /// When.
    pub at: Timestamp,
    /// Where it is read.
    pub source: MomentSource,
    /// Its id there: ASCII, so that databases and we order it alike.
    pub id: String,
}

impl MomentPlace {
    /// The moments of `source` after this place are those before the instant returned, and those at it with
    /// a smaller id.
    pub fn within(&self, source: MomentSource) -> (Timestamp, &str) {
        match source.cmp(&self.source) {
            std::cmp::Ordering::Less => (self.at, ""),
            std::cmp::Ordering::Equal => (self.at, &self.id),
            std::cmp::Ordering::Greater => (self.at.plus_micros(1), ""),
        }
    }
}

impl Ord for MomentPlace {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let latest_first = other.at.cmp(&self.at);
        latest_first
            .then_with(|| self.source.cmp(&other.source))
            .then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for MomentPlace {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Few instants and ids, so that many places share them.
    fn places() -> impl Strategy<Value = Vec<MomentPlace>> {
        let place = (0_i64..4, 0_u8..6, 0_u8..4).prop_map(|(at, source, id)| MomentPlace {
            at: Timestamp::from_micros(at),
            source: MomentSource::from_index(source).expect("a source"),
            id: format!("id{id}"),
        });
        proptest::collection::btree_set(place, 0..40).prop_map(|set| set.into_iter().collect())
    }

    /// The answer of a source: its moments after `place`, the first `limit` in order.
    fn page_of(
        all: &[MomentPlace],
        source: MomentSource,
        place: Option<&MomentPlace>,
        limit: usize,
    ) -> Vec<MomentPlace> {
        let (at, id) =
            place.map_or((Timestamp::from_micros(i64::MAX), ""), |place| place.within(source));
        let mut found: Vec<MomentPlace> = all
            .iter()
            .filter(|moment| moment.source == source)
            .filter(|moment| moment.at < at || (moment.at == at && *moment.id < *id))
            .cloned()
            .collect();
        found.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        found.truncate(limit);
        found
    }

    proptest! {
        #[test]
        fn pages_of_all_sources_together_hold_each_moment_once_in_order(
            all in places(),
            limit in 1_usize..7,
        ) {
            let mut seen: Vec<MomentPlace> = Vec::new();
            loop {
                let last = seen.last().cloned();
                let sources = MomentSource::ALL.into_iter();
                let mut page: Vec<_> = sources
                    .flat_map(|source| page_of(&all, source, last.as_ref(), limit))
                    .collect();
                page.sort();
                page.truncate(limit);
                if page.is_empty() {
                    break;
                }
                seen.extend(page);
            }
            let mut expected = all;
            expected.sort();
            prop_assert_eq!(seen, expected);
        }
    }

    #[test]
    fn every_kind_and_source_reads_back_and_no_other_word_does() {
        for kind in MomentKind::ALL {
            assert_eq!(MomentKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(MomentKind::parse("party"), None);
        for source in MomentSource::ALL {
            assert_eq!(MomentSource::from_index(source.index()), Some(source));
        }
        assert_eq!(MomentSource::from_index(6), None);
    }

    #[test]
    fn an_activity_is_of_one_kind_by_its_name() {
        let of = MomentKind::of_activity;
        assert_eq!(of("booking.completed"), MomentKind::Purchase);
        assert_eq!(of("booking.started"), MomentKind::Activity);
        assert_eq!(of("task.completed"), MomentKind::Task);
        assert_eq!(of("contact.merged"), MomentKind::Change);
    }
}
