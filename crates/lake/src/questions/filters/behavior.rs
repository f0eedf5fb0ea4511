//! Behaviour of sessions, as conditions of statements that group by session.

use domain::question::acquisition::{ENGAGED_MICROS, ENGAGED_PAGE_VIEWS};
use domain::question::{Scope, SessionBehavior};

use super::functions::{CONVERSIONS_OF, FIRST_SESSION_OF, IS_RECORDED};
use crate::questions::scope::{PAGE_VIEW, is_friction};
use crate::questions::session_filters::{DURATION, whole};

/// SQL for whether a session did it, never null. `is_current` says whether the row is of the period.
pub(in crate::questions) fn behavior(
    behavior: SessionBehavior,
    scope: &Scope,
    is_current: &str,
) -> String {
    let friction = is_friction(&whole(scope));
    let conversions = format!("{CONVERSIONS_OF}(session_hash, {is_current})");
    let is_engaged = format!(
        "({DURATION} >= {ENGAGED_MICROS} OR count(*) FILTER (WHERE {PAGE_VIEW}) >= {ENGAGED_PAGE_VIEWS}
          OR {conversions} > 0)"
    );
    let is_first = format!("coalesce({FIRST_SESSION_OF}(min(visitor_hash)) = session_hash, false)");
    match behavior {
        SessionBehavior::Friction => format!("count(*) FILTER (WHERE {friction}) > 0"),
        SessionBehavior::FrictionOf(kind) => {
            format!("count(*) FILTER (WHERE {friction} AND name = '{}') > 0", kind.as_str())
        }
        SessionBehavior::Converted => format!("{conversions} > 0"),
        SessionBehavior::Ordered => format!("{conversions} IN (1, 3)"),
        SessionBehavior::Booked => format!("{conversions} IN (2, 3)"),
        SessionBehavior::Engaged => is_engaged,
        SessionBehavior::Bounced => format!("NOT {is_engaged}"),
        SessionBehavior::Recorded => format!("{IS_RECORDED}(session_hash)"),
        SessionBehavior::NewVisitor => is_first,
        SessionBehavior::ReturningVisitor => {
            format!("(min(visitor_hash) IS NOT NULL AND NOT {is_first})")
        }
    }
}
