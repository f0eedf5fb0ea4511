//! How large the parts of an event may be that cannot be cut without changing what they mean.

use std::borrow::Cow;

use domain::event::{Category, NewEvent};
use domain::limits::{MAX_ID_BYTES, MAX_NAME_BYTES, MAX_PROPERTIES_BYTES};
use domain::outcome::RejectionReason;

use super::Rejection;

/// Checks the sizes of an event's name, ids and properties.
pub(super) fn check(new: &NewEvent<Cow<'_, str>>) -> Result<(), Rejection> {
    check_name(new.category, &new.name)?;
    check_id("session_id", new.session_id.as_deref())?;
    check_id("visitor_id", new.visitor_id.as_deref())?;
    check_id("user_id", new.user_id.as_deref())?;
    check_properties(new.properties.as_deref())
}

/// Checks the length of an id that a sender chose.
pub(super) fn check_id(field: &str, id: Option<&str>) -> Result<(), Rejection> {
    match id {
        Some(id) if id.len() > MAX_ID_BYTES => Err(Rejection::new(
            RejectionReason::InvalidField,
            format!("{field} is longer than {MAX_ID_BYTES} bytes"),
        )),
        _ => Ok(()),
    }
}

/// Names are remembered and counted by: they are words, not texts.
fn check_name(category: Category, name: &str) -> Result<(), Rejection> {
    if name.len() <= MAX_NAME_BYTES {
        return Ok(());
    }
    let field = match category {
        Category::Behavior => "behavior_type",
        Category::Heatmap => "interaction_type",
        _ => "event_type",
    };
    let detail = format!("{field} is longer than {MAX_NAME_BYTES} bytes");
    Err(Rejection::new(RejectionReason::InvalidField, detail))
}

fn check_properties(properties: Option<&str>) -> Result<(), Rejection> {
    match properties {
        Some(text) if text.len() > MAX_PROPERTIES_BYTES => Err(Rejection::new(
            RejectionReason::TooLarge,
            format!("metadata is larger than {MAX_PROPERTIES_BYTES} bytes"),
        )),
        _ => Ok(()),
    }
}
