//! A member's edit of a contact: a fact that later facts supersede.
//!
//! So a status set by hand holds against every event that occurred before it, however late that arrives, and until
//! a later event whose rule gives another status; a rule leaves the statuses that it lists under `unless`, whether a
//! rule or a member gave them.

use serde::Serialize;

use crate::money::Money;

/// Fields to change; those left out stay. An empty text clears its field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ContactEdit {
    /// Case-folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where the lead came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_source: Option<String>,
    /// Any status, also one that no rule gives. Never empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_status: Option<String>,
    /// The estimated deal value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_value: Option<DealChange>,
}

/// A change of the estimated deal value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DealChange {
    /// This amount.
    Set(Money),
    /// None.
    Clear,
}
