//! `[lake]`: what questions and statements may use.

use serde::{Deserialize, Serialize};

/// The lake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LakeConfig {
    /// Memory all questions together may use.
    pub(crate) query_memory_mib: usize,
    /// Seconds a question may take.
    pub(crate) question_timeout_seconds: u64,
    /// Seconds a statement of SQL may take.
    pub(crate) statement_timeout_seconds: u64,
    /// Memory one statement may use.
    pub(crate) statement_memory_mib: u64,
    /// What one statement may write to the disk.
    pub(crate) statement_spill_mib: u64,
}

impl Default for LakeConfig {
    fn default() -> Self {
        Self {
            query_memory_mib: 256,
            question_timeout_seconds: 10,
            statement_timeout_seconds: 30,
            statement_memory_mib: 512,
            statement_spill_mib: 512,
        }
    }
}
