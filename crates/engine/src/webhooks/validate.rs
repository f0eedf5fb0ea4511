//! Validates webhooks written by members.

use std::collections::BTreeSet;

use domain::webhook::{EventKind, Target};

use crate::ports::outbound::{Outbound, OutboundError};
use crate::{Error, validate};

/// Longest description.
const MAX_DESCRIPTION_CHARACTERS: usize = 200;

/// An address that may be called now. It is judged again whenever it is called.
pub(super) async fn target(outbound: &dyn Outbound, url: &str) -> Result<Target, Error> {
    let bad = |why: &dyn std::fmt::Display| Error::invalid("url", format!("url: {why}"));
    let target = Target::parse(url).map_err(|error| bad(&error))?;
    outbound.check(&target).await.map_err(|failure| match failure {
        OutboundError::Refused if target.is_plain_text() => {
            bad(&"http is only allowed for hosts in outbound.allow_private; use https")
        }
        other => bad(&other),
    })?;
    Ok(target)
}

/// At least one kind.
pub(super) fn kinds(texts: &[String]) -> Result<BTreeSet<EventKind>, Error> {
    let known = || EventKind::ALL.map(EventKind::as_str).join(", ");
    let read = |text: &String| {
        EventKind::parse(text).ok_or_else(|| {
            let detail = format!("event_types: {text:?} is not one of {}", known());
            Error::invalid("event_types", detail)
        })
    };
    let kinds = texts.iter().map(read).collect::<Result<BTreeSet<_>, _>>()?;
    if kinds.is_empty() {
        let detail = format!("event_types must have at least one of {}", known());
        return Err(Error::invalid("event_types", detail));
    }
    Ok(kinds)
}

/// A short text without line breaks; may be empty.
pub(super) fn description(text: &str) -> Result<String, Error> {
    validate::line("description", text, MAX_DESCRIPTION_CHARACTERS)
}
