//! Rows as aligned columns.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::value::RawValue;

/// The API's answer, as far as it is shown. Numbers keep their digits.
#[derive(Deserialize)]
struct Answer<'a> {
    columns: Vec<Column>,
    #[serde(borrow)]
    rows: Vec<Vec<&'a RawValue>>,
    truncated: bool,
}

#[derive(Deserialize)]
struct Column {
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Column {
    fn is_number(&self) -> bool {
        ["smallint", "integer", "bigint", "real", "double", "numeric"]
            .iter()
            .any(|kind| self.kind.starts_with(kind))
    }
}

/// The table, without a final line break.
pub(super) fn from_json(json: &str) -> anyhow::Result<String> {
    let answer: Answer<'_> = serde_json::from_str(json)?;
    let head: Vec<String> = answer.columns.iter().map(|column| column.name.clone()).collect();
    let rows: Vec<Vec<String>> =
        answer.rows.iter().map(|row| row.iter().map(|cell| shown(cell)).collect()).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|index| {
            let cells = rows.iter().chain([&head]).filter_map(|row| row.get(index));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        })
        .collect();
    let mut table = String::new();
    let all_left = |_: usize| false;
    line(&mut table, &head, &widths, all_left);
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
    table.push_str(&rules.join("+"));
    table.push('\n');
    for row in &rows {
        line(&mut table, row, &widths, |index| {
            answer.columns.get(index).is_some_and(Column::is_number)
        });
    }
    let more = if answer.truncated { "; there are more, see --limit" } else { "" };
    let plural = if rows.len() == 1 { "" } else { "s" };
    let _ = write!(table, "({} row{plural}{more})", rows.len());
    Ok(table)
}

fn line(table: &mut String, cells: &[String], widths: &[usize], is_right: impl Fn(usize) -> bool) {
    let mut text = String::new();
    for (index, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let bar = if index == 0 { " " } else { " | " };
        let _ = if is_right(index) {
            write!(text, "{bar}{cell:>width$}")
        } else {
            write!(text, "{bar}{cell:<width$}")
        };
    }
    table.push_str(text.trim_end());
    table.push('\n');
}

/// A cell on one line, without anything a terminal would obey.
fn shown(cell: &RawValue) -> String {
    let json = cell.get();
    let text = match json {
        "null" => String::new(),
        _ => serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()),
    };
    let plain = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    text.replace('\n', "\\n").chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_numbers_stand_right() {
        let json = r#"{"columns":[{"name":"name","type":"text"},{"name":"n","type":"numeric(10,2)"}],
            "rows":[["Zoë\n\u001b[31m",150000.10],[null,2]],"truncated":true}"#;
        let expected = concat!(
            " name       | n\n",
            "------------+-----------\n",
            " Zoë\\n\u{fffd}[31m | 150000.10\n",
            "            |         2\n",
            "(2 rows; there are more, see --limit)"
        );
        assert_eq!(from_json(json).expect("a table"), expected);
    }
}
