//! The story of the month: when something happens to a site, and to whom. Moments are days before the one on which the
//! demo starts, so that every start shows the same weeks.

use domain::annotation::AnnotationKind;
use domain::time::Timestamp;
use domain::zone::Zone;

use super::people::Person;

/// The clock of both projects; it is never put forward or back.
const ZONE: &str = "Africa/Dar_es_Salaam";
const HOUR_SECONDS: i64 = 3_600;
pub(super) const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;

/// The zone of both projects.
pub(super) fn zone() -> Zone {
    Zone::parse(ZONE).unwrap_or_default()
}

/// The first instant of the day of `now`.
pub(super) fn start_of_day(now: Timestamp) -> Timestamp {
    zone().start_of_day(zone().civil(now).date())
}

/// Days before the day of the start, and the hour of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) days_ago: i64,
    pub(super) hour: i64,
}

impl Moment {
    pub(super) const fn new(days_ago: i64, hour: i64) -> Self {
        Self { days_ago, hour }
    }

    /// When it is, for a demo that starts on this day.
    pub(super) fn instant(self, today: Timestamp) -> Timestamp {
        today.plus_seconds(self.hour * HOUR_SECONDS - self.days_ago * DAY_SECONDS)
    }
}

/// The visitors something affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Every visitor.
    Everybody,
    /// Visitors on phones.
    Phones,
    /// Visitors on phones with the browser of this name.
    PhonesWith(&'static str),
    /// Visitors from other countries than these.
    Outside(&'static [&'static str]),
}

impl Audience {
    /// Whether it affects a visitor.
    pub(super) fn includes(self, person: &Person) -> bool {
        let is_mobile = person.browser.is_mobile();
        match self {
            Self::Everybody => true,
            Self::Phones => is_mobile,
            Self::PhonesWith(browser) => is_mobile && person.browser.name == browser,
            Self::Outside(countries) => !countries.contains(&person.country),
        }
    }
}

/// An offer in posts and adverts: many look, and few of them buy.
#[derive(Debug)]
pub(super) struct Campaign {
    /// Where its visits begin.
    pub(super) path: &'static str,
    /// The query of its links.
    pub(super) query: &'static str,
    /// The page with the link.
    pub(super) referrer: &'static str,
    pub(super) since: Moment,
    pub(super) until: Moment,
    /// Its visits for a hundred others.
    pub(super) visits_per_cent: u64,
}

/// A page that comes slowly to one country.
#[derive(Debug)]
pub(super) struct SlowPage {
    pub(super) path: &'static str,
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// Its time in percent of the time elsewhere.
    pub(super) per_cent: u64,
    /// Of a thousand of its visitors, those who leave at once.
    pub(super) leave_per_mille: u64,
}

/// A release that made pages faster, so that more buy.
#[derive(Debug)]
pub(super) struct SpeedUp {
    /// The beginning of the pages' paths.
    pub(super) paths: &'static str,
    pub(super) at: Moment,
    /// Their time before, in percent of the time since.
    pub(super) per_cent_before: u64,
    /// Of a thousand who would buy since, those who did before.
    pub(super) purchases_per_mille_before: u64,
}

/// Something the staff wrote on the time line.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) at: Moment,
    pub(super) kind: AnnotationKind,
    pub(super) text: &'static str,
}

pub(super) const fn release(at: Moment, text: &'static str) -> Note {
    Note { at, kind: AnnotationKind::Release, text }
}

pub(super) const fn note(at: Moment, text: &'static str) -> Note {
    Note { at, kind: AnnotationKind::Note, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_an_hour_of_the_projects_clock() {
        let now = Timestamp::parse("2026-11-24T22:30:00Z").expect("a time");
        let today = start_of_day(now);
        let expected = |text| Timestamp::parse(text).expect("a time");
        assert_eq!(today, expected("2026-11-24T21:00:00Z"), "it is 1:30 of the 25th there");
        let at = Moment::new(2, 8).instant(today);
        assert_eq!(at, expected("2026-11-23T05:00:00Z"));
    }
}
