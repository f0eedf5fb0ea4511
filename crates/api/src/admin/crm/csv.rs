//! Rows of comma-separated values (RFC 4180) that no spreadsheet takes for formulas.

/// Appends a row.
pub(super) fn push_row<'a>(csv: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            csv.push(',');
        }
        push_cell(csv, cell);
    }
    csv.push_str("\r\n");
}

/// A cell that begins like a formula gets an apostrophe before it: spreadsheets then show it as text.
fn push_cell(csv: &mut String, cell: &str) {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if guard.is_empty() && !cell.contains([',', '"', '\r', '\n']) {
        csv.push_str(cell);
        return;
    }
    csv.push('"');
    csv.push_str(guard);
    csv.push_str(&cell.replace('"', "\"\""));
    csv.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_and_never_start_a_formula() {
        let mut csv = String::new();
        push_row(&mut csv, ["plain", "a,b", "say \"hi\"", "=1+1", "+255 700", "@x", "", "-2"]);
        assert_eq!(
            csv,
            "plain,\"a,b\",\"say \"\"hi\"\"\",\"'=1+1\",\"'+255 700\",\"'@x\",,\"'-2\"\r\n"
        );
    }
}
