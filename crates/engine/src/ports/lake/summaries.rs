//! The results of upkeep and erasure, and the lake's size.

/// What maintenance did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MaintenanceSummary {
    /// Files merged away.
    pub files_merged: u64,
    /// Files written in their place.
    pub files_written: u64,
    /// Files no longer needed and deleted.
    pub files_deleted: u64,
}

/// The lake's size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LakeStats {
    /// Version of the table.
    pub version: u64,
    /// Live data files.
    pub files: u64,
    /// Bytes in them.
    pub size_bytes: u64,
    /// Rows in them.
    pub rows: u64,
}

/// What an erasure did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LakeErasure {
    /// Events removed.
    pub events: u64,
    /// Files on disk that no snapshot needs, whoever left them there.
    pub leftovers: Vec<String>,
}
