//! Weights of the lead score; a project may set its own.

use serde::{Deserialize, Serialize};

/// What belongs together and is capped together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Items and pages looked at, favourites and shares.
    Views,
    /// Searches and filters.
    Searches,
    /// Clicks on a phone number, a messenger or an address.
    ContactClicks,
    /// Bookings begun and made.
    Bookings,
    /// The latest of all of these, once more.
    Recency,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 5] =
        [Self::Views, Self::Searches, Self::ContactClicks, Self::Bookings, Self::Recency];

    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Views => "views",
            Self::Searches => "searches",
            Self::ContactClicks => "contact_clicks",
            Self::Bookings => "bookings",
            Self::Recency => "recency",
        }
    }

    /// The group of an event's name; none when it does not count.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "property_view" | "page_view" | "favorite" | "share" => Some(Self::Views),
            "search" | "filter_applied" | "search.performed" => Some(Self::Searches),
            "contact_click" | "form.submitted" | "chat.message" => Some(Self::ContactClicks),
            "booking.started" | "booking.step_completed" | "booking.completed" => {
                Some(Self::Bookings)
            }
            name if name.ends_with(".viewed") => Some(Self::Views),
            _ => None,
        }
    }
}

/// What one event of a group weighs, and what the group can give.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupWeight {
    /// Points of a fresh event.
    pub weight: f64,
    /// Points the group gives at most.
    pub cap: f64,
}

/// Points for what is known of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FitPoints {
    /// Their e-mail address.
    pub known_email: f64,
    /// Their phone number.
    pub known_phone: f64,
    /// They came in two sessions or more.
    pub returning: f64,
}

/// What a project's scores are made of. The caps and the fit points sum up to 100 at most.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Days after which an event weighs half.
    pub half_life_days: f64,
    /// Items and pages looked at.
    pub views: GroupWeight,
    /// Searches and filters.
    pub searches: GroupWeight,
    /// Contact clicks.
    pub contact_clicks: GroupWeight,
    /// Bookings.
    pub bookings: GroupWeight,
    /// The latest event.
    pub recency: GroupWeight,
    /// What is known of the customer.
    pub fit: FitPoints,
}

/// Why weights cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWeights {
    /// A number is out of its range.
    #[error("{field} must be {range}")]
    OutOfRange {
        /// Which, as written in JSON.
        field: String,
        /// What it may be.
        range: &'static str,
    },
    /// The score could pass 100.
    #[error("the caps and the fit points add up to more than 100")]
    Above100,
}

impl InvalidWeights {
    /// The field to change, as written in JSON; `weights` when it is their sum.
    pub fn field(&self) -> &str {
        match self {
            Self::OutOfRange { field, .. } => field,
            Self::Above100 => "weights",
        }
    }
}

impl Default for Weights {
    fn default() -> Self {
        let group = |weight, cap| GroupWeight { weight, cap };
        Self {
            half_life_days: 30.0,
            views: group(2.0, 20.0),
            searches: group(2.0, 10.0),
            contact_clicks: group(10.0, 20.0),
            bookings: group(12.0, 25.0),
            recency: group(10.0, 10.0),
            fit: FitPoints { known_email: 5.0, known_phone: 5.0, returning: 5.0 },
        }
    }
}

impl Weights {
    /// A group's.
    pub fn of(&self, group: Group) -> GroupWeight {
        match group {
            Group::Views => self.views,
            Group::Searches => self.searches,
            Group::ContactClicks => self.contact_clicks,
            Group::Bookings => self.bookings,
            Group::Recency => self.recency,
        }
    }

    /// Whether they can be used.
    pub fn check(&self) -> Result<(), InvalidWeights> {
        let fit = [
            ("fit.known_email", self.fit.known_email),
            ("fit.known_phone", self.fit.known_phone),
            ("fit.returning", self.fit.returning),
        ];
        let groups = Group::ALL.into_iter().flat_map(|group| {
            let GroupWeight { weight, cap } = self.of(group);
            let name = group.as_str();
            [(format!("{name}.weight"), weight), (format!("{name}.cap"), cap)]
        });
        let all = groups.chain(fit.map(|(name, points)| (name.to_owned(), points)));
        for (field, points) in all {
            if !(0.0..=100.0).contains(&points) {
                return Err(InvalidWeights::OutOfRange { field, range: "a number from 0 to 100" });
            }
        }
        if !(0.1..=3_650.0).contains(&self.half_life_days) {
            let field = "half_life_days".to_owned();
            return Err(InvalidWeights::OutOfRange { field, range: "a number from 0.1 to 3650" });
        }
        let caps: f64 = Group::ALL.into_iter().map(|group| self.of(group).cap).sum();
        let fits: f64 = fit.iter().map(|(_, points)| points).sum();
        if caps + fits > 100.0 + 1e-9 { Err(InvalidWeights::Above100) } else { Ok(()) }
    }
}
