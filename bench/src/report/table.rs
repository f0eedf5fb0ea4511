//! Rows as text.

use super::Row;

const HEAD: [&str; 6] = ["figure", "measured", "min–max", "target", "reached", "beside"];

fn cells(row: &Row) -> [&str; 6] {
    let reached = match row.reached {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "",
    };
    [&row.figure, &row.measured, &row.range, &row.target, reached, &row.baseline]
}

/// In columns, for a terminal.
pub(super) fn aligned(rows: &[Row]) -> String {
    let mut widths = HEAD.map(|text| text.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(cells(row)) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: [&str; 6]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    // The last column is as wide as it likes.
    let rule = "─".repeat(widths[..5].iter().sum::<usize>() + 2 * 5 + HEAD[5].len());
    let rows = rows.iter().map(|row| line(cells(row)));
    [line(HEAD), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// As a Markdown table.
pub(super) fn markdown(rows: &[Row]) -> String {
    let line = |cells: [&str; 6]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(HEAD) + "|---|---:|---:|---|---|---|\n";
    for row in rows {
        text.push_str(&line(cells(row)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [
            Row::new("requests", "12").target("≥ 10", true),
            Row::new("a much longer figure", "1").target("≥ 10", false),
        ];
        let text = aligned(&rows);
        let lines: Vec<&str> = text.lines().collect();
        let column =
            |line: &str, text: &str| line.split(text).next().map(|before| before.chars().count());
        assert_eq!(column(lines[2], "≥"), column(lines[3], "≥"));
        assert!(lines[2].ends_with("yes") && lines[3].ends_with("NO"), "{text}");
        assert_eq!(markdown(&rows).lines().count(), 4);
    }
}
