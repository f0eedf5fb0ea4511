//! Why the usage of a closed month has changed.

use super::call::{Call, EndKind};

/// What came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdjustmentReason {
    /// The call itself.
    LateCall,
    /// The real end of a call that had none.
    LateEnd,
    /// The real end of a call whose end had been inferred.
    RealEnd,
    /// Nothing: the end was inferred after the month was closed.
    InferredEnd,
    /// A heartbeat, an earlier end or another call that moved the end.
    LateEvidence,
}

impl AdjustmentReason {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::LateCall, Self::LateEnd, Self::RealEnd, Self::InferredEnd, Self::LateEvidence];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LateCall => "late_call",
            Self::LateEnd => "late_end",
            Self::RealEnd => "real_end_supersedes_inferred",
            Self::InferredEnd => "inferred_end",
            Self::LateEvidence => "late_evidence",
        }
    }

    /// The reason of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// Why a call's usage differs from what it was.
pub fn reason(before: Option<&Call>, after: &Call) -> AdjustmentReason {
    let Some(before) = before else { return AdjustmentReason::LateCall };
    let kind = |call: &Call| call.end.map(|end| end.kind);
    let is_real = kind(after).is_some_and(EndKind::is_real);
    match (kind(before), kind(after)) {
        (Some(EndKind::Inferred), _) if is_real => AdjustmentReason::RealEnd,
        (None, _) if is_real => AdjustmentReason::LateEnd,
        (None, Some(EndKind::Inferred)) => AdjustmentReason::InferredEnd,
        _ => AdjustmentReason::LateEvidence,
    }
}
