//! Comma-separated values (RFC 4180) in which no text starts a formula when a spreadsheet opens them: the
//! only writer of them in the server.

use std::borrow::Cow;

/// A cell.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    /// Nothing, as opposed to an empty text.
    Null,
    /// A number, as it is written.
    Number(&'a str),
    /// A text of any author.
    Text(&'a str),
}

/// Rows of values.
#[derive(Debug, Default)]
pub(crate) struct Csv {
    text: String,
}

impl Csv {
    /// Appends a row.
    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            match cell {
                Cell::Null => {}
                Cell::Number(number) => self.text.push_str(number),
                Cell::Text("") => self.text.push_str("\"\""),
                Cell::Text(text) => push(&mut self.text, &guarded(text)),
            }
        }
        self.text.push_str("\r\n");
    }

    /// The rows.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// Appends a text, quoted where it must be.
fn push(to: &mut String, text: &str) {
    if !csv_core::Writer::new().should_quote(text.as_bytes()) {
        to.push_str(text);
        return;
    }
    let mut quoted = vec![0; text.len() * 2];
    let (_, _, length) = csv_core::quote(text.as_bytes(), &mut quoted, b'"', b'"', true);
    to.push('"');
    to.push_str(&String::from_utf8_lossy(&quoted[..length]));
    to.push('"');
}

/// A text with an apostrophe wherever a spreadsheet might take what follows for a formula: at its beginning, and
/// behind what some spreadsheets take for the end of a cell, in whichever quotes.
fn guarded(text: &str) -> Cow<'_, str> {
    let ends_a_cell = |letter| matches!(letter, ';' | '\t' | '\r' | '\n');
    let is_plain = |part: &str| !starts_a_formula(part.trim_end_matches(ends_a_cell));
    if !starts_a_formula(text) && text.split_inclusive(ends_a_cell).all(is_plain) {
        return text.into();
    }
    let mut guarded = String::with_capacity(text.len() + 1);
    for (index, part) in text.split_inclusive(ends_a_cell).enumerate() {
        if !is_plain(part) || (index == 0 && starts_a_formula(text)) {
            guarded.push('\'');
        }
        guarded.push_str(part);
    }
    guarded.into()
}

/// Whether a text begins as formulas do, also behind blanks, quotes or what cannot be seen, and in the
/// full-width letters that some spreadsheets read alike. A negative number is none.
fn starts_a_formula(text: &str) -> bool {
    let is_passed_over = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '"' | '\'' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let begins = text
        .trim_start_matches(is_passed_over)
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−']);
    let is_number = text.starts_with('-') && text.parse::<f64>().is_ok_and(f64::is_finite);
    begins && !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[Cell<'_>]) -> String {
        let mut csv = Csv::default();
        csv.row(cells.iter().copied());
        csv.finish()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = [
            Cell::Text("plain"),
            Cell::Text("a,b"),
            Cell::Text("say \"hi\""),
            Cell::Text("two\nlines"),
            Cell::Text("Zoë"),
            Cell::Number("-1.50"),
        ];
        assert_eq!(row(&cells), "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",Zoë,-1.50\r\n");
    }

    #[test]
    fn an_empty_text_is_an_empty_cell() {
        assert_eq!(row(&[Cell::Null, Cell::Text("")]), ",\"\"\r\n");
    }

    #[test]
    fn no_part_of_a_text_starts_a_formula() {
        let cells = [
            ("x;=1+1", "x;'=1+1"),
            ("a\t=b;c", "a\t'=b;c"),
            ("a; b", "a; b"),
            ("1;-5;2", "1;-5;2"),
        ];
        for (text, written) in cells {
            assert_eq!(guarded(text), written);
        }
    }

    #[test]
    fn no_text_starts_a_formula() {
        for text in [
            "=1+1",
            "+255 700",
            "+255700",
            "-5+cmd",
            "-inf",
            "@x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "−1",
            " =1",
            "\u{a0}=1",
            "\"=1",
            "' =1",
            "\u{200b}=1",
            "\u{feff}@x",
            "\u{0}=1",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
        assert_eq!(row(&[Cell::Text("\t=1")]), "'\t'=1\r\n");
        assert_eq!(row(&[Cell::Text("\rx")]), "\"'\rx\"\r\n");
    }

    #[test]
    fn other_texts_and_negative_numbers_stay_as_they_are() {
        for text in ["-5", "-1.5e3", "a=1", "5", "x@y.test", "2026-11-22", "''", "…", "'quoted'"]
        {
            assert_eq!(guarded(text), text);
        }
    }
}
