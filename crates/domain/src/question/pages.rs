//! Which pages do visitors see?

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Its path.
    pub path: String,
    /// Page views.
    pub views: u64,
    /// Page views in the period before.
    pub previous_views: u64,
    /// Distinct visitors who viewed it.
    pub visitors: u64,
    /// Distinct sessions that viewed it.
    pub sessions: u64,
    /// Friction events on it.
    pub friction: u64,
}

/// Pages by views, most first, ties by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageList {
    /// The rows asked for.
    pub pages: Vec<PageRow>,
    /// How many pages there are altogether.
    pub total: u64,
}
