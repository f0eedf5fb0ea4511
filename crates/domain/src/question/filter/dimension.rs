//! Dimensions: the values that filters look at.

use std::fmt::{self, Display, Formatter};

use super::SessionBehavior;
use crate::friction::Kind;
use crate::question::TrafficChannel;
use crate::question::acquisition::WIDTH_CLASS_NAMES;

/// A value that a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterDimension {
    /// Path of the event's page.
    Path,
    /// Browser family.
    Browser,
    /// Operating system family.
    Os,
    /// Device type: `desktop`, `mobile`, `tablet`, `program`.
    Device,
    /// ISO 3166-1 alpha-2.
    Country,
    /// Region.
    Region,
    /// City.
    City,
    /// Path of the session's first page.
    EntryPath,
    /// Path of its last page.
    ExitPath,
    /// Its traffic channel.
    Channel,
    /// Host that led to its first page.
    Referrer,
    /// `utm_source`, the first of the session.
    UtmSource,
    /// `utm_medium`, the first of the session.
    UtmMedium,
    /// `utm_campaign`, the first of the session.
    UtmCampaign,
    /// `utm_term`, the first of the session.
    UtmTerm,
    /// `utm_content`, the first of the session.
    UtmContent,
    /// Class of the viewport's width of its first page view that has one.
    Viewport,
    /// Behaviour: a [`SessionBehavior`].
    Session,
    /// Kind of friction.
    FrictionKind,
    /// Selector of the element that friction is counted for.
    Selector,
    /// Group of errors with one cause that friction is counted for.
    ErrorGroup,
}

/// A filter is about events, sessions or friction: see [the module](super).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterLevel {
    /// Each event.
    Event,
    /// Whole sessions.
    Session,
    /// Occurrences of friction.
    Friction,
}

impl FilterDimension {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::Path,
        Self::Browser,
        Self::Os,
        Self::Device,
        Self::Country,
        Self::Region,
        Self::City,
        Self::EntryPath,
        Self::ExitPath,
        Self::Channel,
        Self::Referrer,
        Self::UtmSource,
        Self::UtmMedium,
        Self::UtmCampaign,
        Self::UtmTerm,
        Self::UtmContent,
        Self::Viewport,
        Self::Session,
        Self::FrictionKind,
        Self::Selector,
        Self::ErrorGroup,
    ];

    /// The name in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Browser => "browser",
            Self::Os => "os",
            Self::Device => "device",
            Self::Country => "country",
            Self::Region => "region",
            Self::City => "city",
            Self::EntryPath => "entry_path",
            Self::ExitPath => "exit_path",
            Self::Channel => "channel",
            Self::Referrer => "referrer",
            Self::UtmSource => "utm_source",
            Self::UtmMedium => "utm_medium",
            Self::UtmCampaign => "utm_campaign",
            Self::UtmTerm => "utm_term",
            Self::UtmContent => "utm_content",
            Self::Viewport => "viewport",
            Self::Session => "session",
            Self::FrictionKind => "friction_kind",
            Self::Selector => "selector",
            Self::ErrorGroup => "error_group",
        }
    }

    /// The dimension of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.as_str() == text)
    }

    /// Whether its filters look at events, sessions or friction.
    pub const fn level(self) -> FilterLevel {
        match self {
            Self::Path
            | Self::Browser
            | Self::Os
            | Self::Device
            | Self::Country
            | Self::Region
            | Self::City => FilterLevel::Event,
            Self::EntryPath
            | Self::ExitPath
            | Self::Channel
            | Self::Referrer
            | Self::UtmSource
            | Self::UtmMedium
            | Self::UtmCampaign
            | Self::UtmTerm
            | Self::UtmContent
            | Self::Viewport
            | Self::Session => FilterLevel::Session,
            Self::FrictionKind | Self::Selector | Self::ErrorGroup => FilterLevel::Friction,
        }
    }

    /// Its values, where there are a few that are known.
    pub fn known_values(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Channel => Some(TrafficChannel::ALL.map(TrafficChannel::as_str).to_vec()),
            Self::Viewport => Some(WIDTH_CLASS_NAMES.to_vec()),
            Self::Session => Some(SessionBehavior::all().map(SessionBehavior::as_str).collect()),
            Self::FrictionKind => Some(Kind::ALL.map(Kind::as_str).to_vec()),
            _ => None,
        }
    }

    /// Whether sessions may lack a value: then the empty text stands for those that do.
    pub const fn has_sessions_without(self) -> bool {
        matches!(self.level(), FilterLevel::Session)
            && !matches!(self, Self::Session | Self::Channel)
    }
}

impl Display for FilterDimension {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
