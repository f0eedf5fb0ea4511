//! Everything known of a person as one JSON document, written as it is read: it may be large.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::ports::catalog::{SqlType, SqlValue, SubjectTable};
use engine::ports::sql::{Cell, StatementResult};
use engine::privacy::SubjectExport;
use futures::stream::{self, Stream, StreamExt};
use serde_json::{Map, Value, json};

use crate::error::Error;

/// The document, to be saved. A failure half-way cuts the answer short, so that a part is never taken for
/// the whole.
pub(super) fn respond(export: SubjectExport) -> Result<Response, Error> {
    let SubjectExport { made_at, identifiers, tables, events } = export;
    let mut shown = Map::new();
    for table in &tables {
        shown.insert(table.name.to_owned(), rows(table));
    }
    let head = json!({
        "made_at": made_at.to_rfc3339(),
        "identifiers": {
            "user_ids": identifiers.user_ids,
            "emails": identifiers.emails,
            "visitor_ids": identifiers.visitor_ids,
            "session_ids": identifiers.session_ids,
        },
        "tables": shown,
    });
    let head = serde_json::to_string(&head).map_err(engine::Error::internal)?;
    // The object goes on with its events.
    let head = format!("{},\"events\":[", head.strip_suffix('}').unwrap_or_default());
    let body = Body::from_stream(document(head, events));
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"subject.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}

fn document<E: Send + 'static>(
    head: String,
    events: impl Stream<Item = Result<StatementResult, E>> + Send + 'static,
) -> impl Stream<Item = Result<Bytes, E>> + Send + 'static {
    let mut is_first = true;
    let events = events.map(move |answer| {
        let mut text = String::new();
        for event in objects(answer?) {
            text.push_str(if is_first { "\n" } else { ",\n" });
            is_first = false;
            text.push_str(&event);
        }
        Ok(Bytes::from(text))
    });
    let once = |text: String| stream::iter([Ok::<_, E>(Bytes::from(text))]);
    once(head).chain(events).chain(once("\n]}\n".to_owned()))
}

/// The rows of an answer as JSON objects; what is null is left out.
fn objects(answer: StatementResult) -> impl Iterator<Item = String> {
    let StatementResult { columns, rows, .. } = answer;
    rows.into_iter().map(move |row| {
        let fields = columns.iter().zip(row).filter_map(|(column, cell)| {
            let value = match cell {
                Cell::Null => return None,
                Cell::Boolean(flag) => flag.into(),
                Cell::Integer(number) => number.into(),
                Cell::Double(number) => number.into(),
                Cell::Decimal(text) | Cell::Text(text) => Value::String(text),
                Cell::Timestamp(at) => Value::String(at.to_rfc3339()),
            };
            Some((column.name.clone(), value))
        });
        Value::Object(fields.collect()).to_string()
    })
}

fn rows(table: &SubjectTable) -> Value {
    let object = |row: &Vec<SqlValue>| {
        let fields = table.columns.iter().zip(row);
        let field =
            fields.map(|(column, value)| (column.name.to_owned(), shown(column.kind, value)));
        Value::Object(field.collect())
    };
    table.rows.iter().map(object).collect()
}

fn shown(kind: SqlType, value: &SqlValue) -> Value {
    match value {
        SqlValue::Null => Value::Null,
        SqlValue::Text(text) if kind == SqlType::Json => {
            serde_json::from_str(text).unwrap_or_else(|_| text.clone().into())
        }
        SqlValue::Text(text) => text.clone().into(),
        SqlValue::BigInt(number) => (*number).into(),
        SqlValue::Boolean(flag) => (*flag).into(),
        SqlValue::Numeric(hundredths) => major_units(*hundredths),
        SqlValue::Time(at) => at.to_rfc3339().into(),
    }
}

/// Hundredths as a number of the major unit.
fn major_units(hundredths: i64) -> Value {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    format!("{sign}{whole}.{rest:02}").parse::<f64>().map_or(Value::Null, Into::into)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use engine::ports::sql::Column;

    use super::*;

    async fn text(answers: Vec<Result<StatementResult, Infallible>>) -> String {
        let parts: Vec<_> =
            document("{\"events\":[".to_owned(), stream::iter(answers)).collect().await;
        let parts = parts.into_iter().map(|part| part.unwrap_or_else(|never| match never {}));
        String::from_utf8(parts.flatten().collect()).expect("UTF-8")
    }

    #[tokio::test]
    async fn the_document_is_json_however_many_parts_it_has() {
        let columns = vec![Column { name: "id".to_owned(), kind: "text".to_owned() }];
        let answer = |ids: &[&str]| {
            let rows = ids.iter().map(|id| vec![Cell::Text((*id).to_owned())]).collect();
            Ok(StatementResult { columns: columns.clone(), rows, is_truncated: false })
        };
        for answers in
            [vec![], vec![answer(&[])], vec![answer(&["a", "b"]), answer(&[]), answer(&["c"])]]
        {
            let expected: usize = answers.iter().flatten().map(|answer| answer.rows.len()).sum();
            let document: Value = serde_json::from_str(&text(answers).await).expect("JSON");
            assert_eq!(document["events"].as_array().map(Vec::len), Some(expected));
        }
    }

    #[test]
    fn money_is_shown_in_major_units() {
        assert_eq!(major_units(15_000_000), json!(150_000.0));
        assert_eq!(major_units(-150), json!(-1.5));
        assert_eq!(major_units(5), json!(0.05));
    }
}
