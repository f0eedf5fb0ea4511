//! Why a session ended.

/// Why a session ended. Of two ends at the same instant the first of this order counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndReason {
    /// The customer signed out.
    SignOut,
    /// Somebody else signed in on the same session or browser.
    UserSwitch,
    /// The page was closed.
    PageUnload,
    /// Nothing happened for 30 minutes.
    Idle,
    /// It reached 24 hours.
    MaxAge,
    /// The site said so.
    Explicit,
}

impl EndReason {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::SignOut,
        Self::UserSwitch,
        Self::PageUnload,
        Self::Idle,
        Self::MaxAge,
        Self::Explicit,
    ];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignOut => "sign_out",
            Self::UserSwitch => "user_switch",
            Self::PageUnload => "page_unload",
            Self::Idle => "idle",
            Self::MaxAge => "max_age",
            Self::Explicit => "explicit",
        }
    }

    /// The reason of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}
