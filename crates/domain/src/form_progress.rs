//! How far a visitor came in a form: the metadata of `form` events, which browsers send.
//!
//! A form that a visitor begins on a page has an id. Its state is sent when the page is hidden or left, and again when it
//! has changed since, with the next revision; the last one holds. Fields are named and timed, their values are never sent.

use std::borrow::Cow;

use serde::Deserialize;

/// The name of events that carry it.
pub const FORM_PROGRESS: &str = "form_progress";
/// Fields of a form, at most.
pub const MAX_FIELDS: usize = 100;
/// Longest name of a form or a field, in bytes.
pub const MAX_NAME_BYTES: usize = 400;
/// Longest name of a control, in bytes.
const MAX_KIND_BYTES: usize = 40;
/// A day: nobody fills in a form for longer.
const MAX_MS: f64 = 86_400_000.0;

/// Whether a form was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormOutcome {
    /// It was, and none of its fields was refused or changed afterwards.
    Submitted,
    /// It was not, so far.
    Abandoned,
}

/// The state of a form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct FormProgress<'a> {
    /// Names this visit of the form.
    #[serde(borrow)]
    pub form_id: Cow<'a, str>,
    /// Counts the reports of one visit; the highest holds.
    pub revision: u32,
    /// The form's name, id, label or selector.
    #[serde(borrow)]
    pub form: Cow<'a, str>,
    /// Whether it was sent.
    pub outcome: FormOutcome,
    /// From the first field reached to the last thing done, in milliseconds.
    #[serde(default)]
    pub duration_ms: f64,
    /// The field touched last.
    #[serde(default, borrow)]
    pub last_field: Option<Cow<'a, str>>,
    /// The fields that were reached, first reached first.
    #[serde(borrow)]
    pub fields: Vec<FieldProgress<'a>>,
}

/// The state of a field.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct FieldProgress<'a> {
    /// Its name, id or selector.
    #[serde(borrow)]
    pub field: Cow<'a, str>,
    /// Its control, such as `email` or `select`.
    #[serde(default, borrow)]
    pub kind: Cow<'a, str>,
    /// Its place among the form's fields, from 0.
    #[serde(default)]
    pub position: u32,
    /// How long it had the focus of a page that could be seen, in milliseconds.
    #[serde(default)]
    pub time_ms: f64,
    /// How often it was left filled in and changed later.
    #[serde(default)]
    pub corrections: u32,
    /// How often it was refused.
    #[serde(default)]
    pub errors: u32,
    /// Whether anything stands in it, or is chosen.
    #[serde(default)]
    pub filled: bool,
}

/// What is wrong with a form's metadata.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFormProgress {
    /// A member is missing or of another type.
    #[error("metadata: {0}")]
    Shape(String),
    /// A text is empty or too long.
    #[error("metadata.{0} must have 1 to {MAX_NAME_BYTES} bytes")]
    Name(&'static str),
    /// A control's name is too long.
    #[error("metadata.fields.kind must have at most {MAX_KIND_BYTES} bytes")]
    Kind,
    /// A duration is negative, or longer than a day.
    #[error("metadata.{0} must be between 0 and 86400000")]
    Duration(&'static str),
    /// No field was reached, or there are too many.
    #[error("metadata.fields must name 1 to {MAX_FIELDS} fields")]
    Fields,
}

impl<'a> FormProgress<'a> {
    /// Reads and checks the metadata of an event.
    pub fn read(json: &'a str) -> Result<Self, InvalidFormProgress> {
        let progress: Self = serde_json::from_str(json)
            .map_err(|error| InvalidFormProgress::Shape(error.to_string()))?;
        let is_name = |text: &str| (1..=MAX_NAME_BYTES).contains(&text.len());
        let is_duration = |ms: f64| (0.0..=MAX_MS).contains(&ms);
        let fields = &progress.fields;
        if fields.is_empty() || fields.len() > MAX_FIELDS {
            return Err(InvalidFormProgress::Fields);
        }
        let names = [
            ("form_id", is_name(&progress.form_id)),
            ("form", is_name(&progress.form)),
            ("last_field", progress.last_field.as_deref().is_none_or(is_name)),
            ("fields.field", fields.iter().all(|it| is_name(&it.field))),
        ];
        if let Some((name, _)) = names.into_iter().find(|(_, fits)| !fits) {
            return Err(InvalidFormProgress::Name(name));
        }
        if fields.iter().any(|it| it.kind.len() > MAX_KIND_BYTES) {
            return Err(InvalidFormProgress::Kind);
        }
        if !is_duration(progress.duration_ms) {
            return Err(InvalidFormProgress::Duration("duration_ms"));
        }
        if !fields.iter().all(|it| is_duration(it.time_ms)) {
            return Err(InvalidFormProgress::Duration("fields.time_ms"));
        }
        Ok(progress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: &str = r#"{"field":"phone","kind":"tel","position":2,"time_ms":812.4,"corrections":1,"errors":2,"filled":true}"#;

    fn with(members: &str) -> String {
        format!(
            r#"{{"form_id":"f","revision":1,"form":"booking","outcome":"abandoned",{members}}}"#
        )
    }

    #[test]
    fn a_state_reads_with_its_fields() {
        let json = with(&format!(r#""duration_ms":900,"last_field":"phone","fields":[{FIELD}]"#));
        let progress = FormProgress::read(&json).unwrap();
        assert_eq!((&*progress.form, progress.outcome), ("booking", FormOutcome::Abandoned));
        assert_eq!(progress.last_field.as_deref(), Some("phone"));
        let phone = &progress.fields[0];
        assert_eq!((&*phone.kind, phone.position, phone.errors), ("tel", 2, 2));
        assert!(phone.filled);
        let bare = FormProgress::read(r#"{"form_id":"f","revision":2,"form":"é\n","outcome":"submitted","fields":[{"field":"a"}]}"#).unwrap();
        assert_eq!((&*bare.form, bare.duration_ms), ("é\n", 0.0));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let long = "x".repeat(MAX_NAME_BYTES + 1);
        for (json, text) in [
            ("{}".to_owned(), "metadata: missing field `form_id`"),
            (with(r#""fields":[]"#), "metadata.fields must name 1 to 100 fields"),
            (with(&format!(r#""fields":[{}]"#, [FIELD; 101].join(","))), "metadata.fields must"),
            (with(r#""fields":[{"field":""}]"#), "metadata.fields.field must have 1 to 400 bytes"),
            (with(&format!(r#""fields":[{{"field":"{long}"}}]"#)), "metadata.fields.field"),
            (
                with(&format!(r#""fields":[{{"field":"a","kind":"{long}"}}]"#)),
                "metadata.fields.kind must have at most 40 bytes",
            ),
            (with(&format!(r#""fields":[{FIELD}],"last_field":"{long}""#)), "metadata.last_field"),
            (with(&format!(r#""fields":[{FIELD}],"duration_ms":-1"#)), "metadata.duration_ms must"),
            (with(r#""fields":[{"field":"a","time_ms":1e300}]"#), "metadata.fields.time_ms must"),
            (with(r#""fields":[{"field":"a","errors":-1}]"#), "metadata: invalid value"),
            (with(r#""fields":[{"field":"a","errors":1}],"outcome":"lost""#), "metadata: "),
        ] {
            let error = FormProgress::read(&json).unwrap_err().to_string();
            assert!(error.starts_with(text), "{error}");
        }
    }
}
