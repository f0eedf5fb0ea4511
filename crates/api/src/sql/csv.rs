//! Rows as RFC 4180 has them, safe to open in a spreadsheet.

use engine::ports::sql::{Answer, Cell};

/// A text that begins with one of these is a formula to a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The head and the rows.
pub(super) fn write(answer: &Answer) -> String {
    let mut body = String::new();
    line(&mut body, answer.columns.iter().map(|column| text(&column.name)));
    for row in &answer.rows {
        line(&mut body, row.iter().map(cell));
    }
    body
}

fn line(body: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            body.push(',');
        }
        body.push_str(&cell);
    }
    body.push_str("\r\n");
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Boolean(flag) => flag.to_string(),
        Cell::Integer(number) => number.to_string(),
        Cell::Double(number) => number.to_string(),
        Cell::Decimal(digits) => digits.clone(),
        Cell::Text(it) => text(it),
    }
}

/// A text, quoted where needed. An empty one is quoted, so that it is told from null.
fn text(text: &str) -> String {
    let mark = if text.starts_with(FORMULA) { "'" } else { "" };
    if text.is_empty() || text.contains([',', '"', '\n', '\r']) {
        format!("\"{mark}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{mark}{text}")
    }
}

#[cfg(test)]
mod tests {
    use engine::ports::sql::Column;

    use super::*;

    #[test]
    fn cells_are_quoted_where_needed_and_never_formulas() {
        let column = |name: &str| Column { name: name.to_owned(), kind: "text".to_owned() };
        let text = |text: &str| Cell::Text(text.to_owned());
        let answer = Answer {
            columns: vec![column("a,b"), column("c")],
            rows: vec![
                vec![text("say \"hi\""), Cell::Integer(-1)],
                vec![text("=SUM(A1)"), text("@x,y")],
                vec![Cell::Null, text("")],
                vec![Cell::Decimal("1.50".to_owned()), Cell::Double(0.5)],
            ],
            is_truncated: false,
        };
        let expected =
            "\"a,b\",c\r\n\"say \"\"hi\"\"\",-1\r\n'=SUM(A1),\"'@x,y\"\r\n,\"\"\r\n1.50,0.5\r\n";
        assert_eq!(write(&answer), expected);
    }
}
