//! A statement's rows as comma-separated values.

use engine::ports::sql::{Cell as Value, StatementResult};

use crate::csv::{Cell, Csv};

/// The head and the rows. An empty text is distinct from null.
pub(super) fn write(answer: &StatementResult) -> String {
    let mut csv = Csv::default();
    csv.row(answer.columns.iter().map(|column| Cell::Text(&column.name)));
    for row in &answer.rows {
        let texts: Vec<String> = row.iter().map(text).collect();
        csv.row(row.iter().zip(&texts).map(|(value, text)| match value {
            Value::Null => Cell::Null,
            Value::Text(_) | Value::Timestamp(_) => Cell::Text(text),
            _ => Cell::Number(text),
        }));
    }
    csv.finish()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::Decimal(digits) => digits.clone(),
        Value::Text(text) => text.clone(),
        Value::Timestamp(at) => at.to_rfc3339(),
    }
}

#[cfg(test)]
mod tests {
    use engine::ports::sql::Column;

    use super::*;

    #[test]
    fn cells_are_quoted_where_needed_and_never_formulas() {
        let column = |name: &str| Column { name: name.to_owned(), kind: "text".to_owned() };
        let text = |text: &str| Value::Text(text.to_owned());
        let answer = StatementResult {
            columns: vec![column("a,b"), column("c")],
            rows: vec![
                vec![text("say \"hi\""), Value::Integer(-1)],
                vec![text("=SUM(A1)"), text("@x,y")],
                vec![Value::Null, text("")],
                vec![Value::Decimal("1.50".to_owned()), Value::Double(0.5)],
            ],
            is_truncated: false,
        };
        let expected =
            "\"a,b\",c\r\n\"say \"\"hi\"\"\",-1\r\n'=SUM(A1),\"'@x,y\"\r\n,\"\"\r\n1.50,0.5\r\n";
        assert_eq!(write(&answer), expected);
    }
}
