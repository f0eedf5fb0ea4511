//! CSV (RFC 4180) whose cells never start a formula when a spreadsheet opens them.

/// Appends one line.
pub(super) fn line<'a>(text: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        push(text, cell);
    }
    text.push_str("\r\n");
}

fn push(text: &mut String, cell: &str) {
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_number;
    if !is_formula && !cell.contains([',', '"', '\r', '\n']) {
        text.push_str(cell);
        return;
    }
    text.push('"');
    if is_formula {
        text.push('\'');
    }
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed_and_never_start_a_formula() {
        let mut text = String::new();
        line(&mut text, ["a", "b,c", "say \"no\"", "=1+1", "@x", "-5", "-5+cmd", "\tx", ""]);
        let expected =
            "a,\"b,c\",\"say \"\"no\"\"\",\"'=1+1\",\"'@x\",-5,\"'-5+cmd\",\"'\tx\",\r\n";
        assert_eq!(text, expected);
    }
}
