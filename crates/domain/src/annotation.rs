//! Notes on a project's time line.

/// Kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnnotationKind {
    /// Anything that explains the figures: a campaign, a holiday, an outage.
    Note,
    /// A release of the site.
    Release,
}

impl AnnotationKind {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::Note, Self::Release];

    /// The stored and requested name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Release => "release",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
