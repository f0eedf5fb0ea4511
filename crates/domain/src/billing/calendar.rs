//! Which month an instant is billed in.

use super::Month;
use crate::time::Timestamp;
use crate::zone::Zone;

/// A month that was closed, with the instants it was closed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedMonth {
    /// The month.
    pub month: Month,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
}

/// A project's months. A closed one keeps its first and last instant for ever; its neighbours reach up to
/// it, also when the project's zone has changed since. So every instant is billed in one month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    closed: Vec<ClosedMonth>,
}

impl Calendar {
    /// The months of a project in this zone that has closed these, in any order.
    pub fn new(zone: Zone, closed: impl IntoIterator<Item = ClosedMonth>) -> Self {
        let mut closed: Vec<ClosedMonth> = closed.into_iter().collect();
        closed.sort_by_key(|month| month.month);
        Self { zone, closed }
    }

    /// The closed month that an instant lies in.
    pub fn closed_at(&self, at: Timestamp) -> Option<&ClosedMonth> {
        self.closed.iter().find(|month| month.starts_at <= at && at < month.ends_at)
    }

    /// The month an instant is billed in.
    pub fn month_of(&self, at: Timestamp) -> Month {
        if let Some(closed) = self.closed_at(at) {
            return closed.month;
        }
        let month = Month::of(at, self.zone);
        let (starts_at, ends_at) = self.bounds(month);
        if at < starts_at {
            month.previous()
        } else if at >= ends_at {
            month.next()
        } else {
            month
        }
    }

    /// A month with its first instant and the first after it: as they were when it was closed, if
    /// it is closed.
    pub fn closing(&self, month: Month) -> ClosedMonth {
        let (starts_at, ends_at) = self.bounds(month);
        ClosedMonth { month, starts_at, ends_at }
    }

    /// Whether a month, about to be closed, neither overlaps its closed neighbours nor leaves a gap.
    pub fn has_room_for(&self, new: ClosedMonth) -> bool {
        let closed = |month: Month| self.closed.iter().find(|closed| closed.month == month);
        closed(new.month.previous()).is_none_or(|before| before.ends_at == new.starts_at)
            && closed(new.month.next()).is_none_or(|after| after.starts_at == new.ends_at)
    }

    /// The first instant of a month, and the first after it.
    pub fn bounds(&self, month: Month) -> (Timestamp, Timestamp) {
        let closed = |month: Month| self.closed.iter().find(|closed| closed.month == month);
        if let Some(closed) = closed(month) {
            return (closed.starts_at, closed.ends_at);
        }
        let before = closed(month.previous()).map(|before| before.ends_at);
        let after = closed(month.next()).map(|after| after.starts_at);
        (
            before.unwrap_or_else(|| month.start(self.zone)),
            after.unwrap_or_else(|| month.next().start(self.zone)),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("an instant")
    }

    fn zone(name: &str) -> Zone {
        Zone::parse(name).expect("a zone")
    }

    fn month(text: &str) -> Month {
        Month::parse(text).expect("a month")
    }

    #[test]
    fn a_month_begins_at_midnight_of_the_project() {
        let dar = Calendar::new(zone("Africa/Dar_es_Salaam"), []);
        assert_eq!(dar.month_of(at("2026-10-31T20:59:59Z")), month("2026-10"));
        assert_eq!(dar.month_of(at("2026-10-31T21:00:00Z")), month("2026-11"));
        let bounds = (at("2026-10-31T21:00:00Z"), at("2026-11-30T21:00:00Z"));
        assert_eq!(dar.bounds(month("2026-11")), bounds);
    }

    /// October was closed in UTC; then the project's zone became one that is three hours ahead.
    #[test]
    fn a_closed_month_keeps_its_instants_and_the_next_one_begins_after_it() {
        let closed = Calendar::new(Zone::UTC, []).closing(month("2026-10"));
        let moved = Calendar::new(zone("Africa/Dar_es_Salaam"), [closed]);
        assert_eq!(moved.month_of(at("2026-10-31T22:00:00Z")), month("2026-10"));
        assert_eq!(moved.bounds(month("2026-11")).0, at("2026-11-01T00:00:00Z"));
        assert_eq!(moved.bounds(month("2026-11")).1, at("2026-11-30T21:00:00Z"));
        // The three additional hours of the last evening of September belong to September, since October was
        // closed without them.
        assert_eq!(moved.month_of(at("2026-09-30T22:00:00Z")), month("2026-09"));
        assert_eq!(moved.bounds(month("2026-09")).1, at("2026-10-01T00:00:00Z"));
    }

    /// Two servers, one of which does not know the new zone yet, close two months at the same time.
    #[test]
    fn a_month_that_overlaps_its_neighbour_has_no_room() {
        let [utc, dar] =
            [Zone::UTC, zone("Africa/Dar_es_Salaam")].map(|zone| Calendar::new(zone, []));
        let october = utc.closing(month("2026-10"));
        let closed = Calendar::new(Zone::UTC, [october]);
        for neighbour in ["2026-09", "2026-11"] {
            assert!(!closed.has_room_for(dar.closing(month(neighbour))), "{neighbour}");
            assert!(closed.has_room_for(closed.closing(month(neighbour))), "{neighbour}");
        }
        assert!(closed.has_room_for(dar.closing(month("2026-08"))));
    }

    proptest! {
        /// Whichever months were closed in whichever zones, each instant lies within the bounds of its month.
        #[test]
        fn every_instant_is_billed_in_one_month(
            seconds in 1_750_000_000_i64..1_800_000_000,
            zones in proptest::collection::vec(0..4_usize, 1..6),
            skipped in proptest::collection::vec(any::<bool>(), 6),
        ) {
            let names = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"];
            let mut closed: Vec<ClosedMonth> = Vec::new();
            let mut next = month("2026-01");
            for (name, skip) in zones.iter().zip(&skipped) {
                next = next.next();
                if *skip {
                    continue;
                }
                let calendar = Calendar::new(zone(names[*name]), closed.clone());
                closed.push(calendar.closing(next));
            }
            let last = *zones.last().expect("a zone");
            let calendar = Calendar::new(zone(names[last]), closed);
            let at = Timestamp::from_seconds(seconds);
            let found = calendar.month_of(at);
            let (starts_at, ends_at) = calendar.bounds(found);
            prop_assert!(starts_at <= at && at < ends_at, "{at} {found} {starts_at} {ends_at}");
            prop_assert_eq!(calendar.bounds(found.next()).0, ends_at);
            prop_assert_eq!(calendar.bounds(found.previous()).1, starts_at);
        }
    }
}
