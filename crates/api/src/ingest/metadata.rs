//! An item's `metadata`: any JSON object, within limits.

use domain::limits::MAX_PROPERTIES_BYTES;
use domain::outcome::RejectionReason;
use engine::ingest::Rejection;
use serde_json::value::RawValue;

/// Deepest nesting of `metadata`.
const MAX_DEPTH: usize = 32;

/// `metadata` as JSON text; none for `null` and for an object without members.
pub(super) fn read(metadata: Option<&RawValue>) -> Result<Option<&RawValue>, Rejection> {
    let Some(metadata) = metadata.filter(|metadata| metadata.get() != "null") else {
        return Ok(None);
    };
    let text = metadata.get();
    if !text.starts_with('{') {
        return Err(Rejection::new(RejectionReason::InvalidField, "metadata must be an object"));
    }
    if text.len() > MAX_PROPERTIES_BYTES {
        let detail = format!("metadata is larger than {MAX_PROPERTIES_BYTES} bytes");
        return Err(Rejection::new(RejectionReason::TooLarge, detail));
    }
    if depth(text) > MAX_DEPTH {
        return Err(Rejection::new(
            RejectionReason::InvalidField,
            format!("metadata is nested deeper than {MAX_DEPTH} levels"),
        ));
    }
    let is_empty = text[1..].trim_start() == "}";
    Ok((!is_empty).then_some(metadata))
}

/// How deep valid JSON is nested.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(json: &str) -> Result<Option<&str>, Rejection> {
        Ok(read(Some(serde_json::from_str(json).expect("valid JSON")))?.map(RawValue::get))
    }

    #[test]
    fn an_empty_object_and_null_are_nothing() {
        for json in ["{}", "{ }", "null"] {
            assert_eq!(read_text(json), Ok(None), "{json}");
        }
        assert_eq!(read_text(r#"{"a":1}"#), Ok(Some(r#"{"a":1}"#)));
    }

    #[test]
    fn deep_metadata_is_refused_without_recursion() {
        let deep = format!(r#"{{"a":{}1{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(read_text(&deep).expect_err("refused").reason, RejectionReason::InvalidField);
        assert_eq!(depth(r#"{"a":"[[[[","b":"\"[","c":[1]}"#), 2);
    }
}
