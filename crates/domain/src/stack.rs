//! Reading the stack of an error as browsers write it.
//!
//! Frames of browser extensions, and those without a file (`<anonymous>`, `native code`), are not of the site: they
//! neither group an error nor stand for it.

/// Lines of a stack that are read.
const MAX_LINES: usize = 200;

/// One call of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackFrame {
    /// The function; empty at the top level of a file.
    pub function: String,
    /// The file's name without folders, query and content hash: `app.js`.
    pub file: String,
    /// The address as sent, without line and column.
    pub location: String,
    /// From 1.
    pub line: Option<u32>,
    /// From 1.
    pub column: Option<u32>,
    /// Whether it is the site's own: in a file, and not an extension's.
    pub is_in_app: bool,
}

/// A line of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackLine {
    /// As sent, without the blanks around it.
    pub text: String,
    /// The call it names; none for a message.
    pub frame: Option<StackFrame>,
}

/// The lines of a stack, without empty ones.
pub fn lines(stack: &str) -> Vec<StackLine> {
    let texts = stack.lines().map(str::trim).filter(|line| !line.is_empty());
    texts
        .take(MAX_LINES)
        .map(|text| StackLine { text: text.to_owned(), frame: frame(text) })
        .collect()
}

/// The frame nearest the error that is the site's own.
pub fn top_frame(stack: &str) -> Option<StackFrame> {
    stack.lines().filter_map(frame).find(|frame| frame.is_in_app)
}

/// One stack line of Chromium (`at f (https://a/b.js:1:2)`) or Firefox and Safari (`f@https://a/b.js:1:2`); `None`
/// for other lines.
pub fn frame(line: &str) -> Option<StackFrame> {
    let line = line.trim();
    let (function, location) = if let Some(rest) = line.strip_prefix("at ") {
        match rest.split_once(" (") {
            Some((function, location)) => (function, location.trim_end_matches(')')),
            None => ("", rest),
        }
    } else {
        line.split_once('@')?
    };
    // As `v1` groups it, which a digit at the end of an address is no part of.
    let file = file_name(location.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':'));
    let (rest, last) = split_number(location);
    let (address, first) = if last.is_some() { split_number(rest) } else { (rest, None) };
    Some(StackFrame {
        function: function.to_owned(),
        file,
        location: address.to_owned(),
        line: first.or(last),
        column: first.and(last),
        is_in_app: !location.contains("-extension://") && location.contains('/'),
    })
}

/// A text without the number after its last colon, and that number.
fn split_number(text: &str) -> (&str, Option<u32>) {
    let parts = text.rsplit_once(':');
    let number = parts.and_then(|(rest, number)| Some((rest, number.parse().ok()?)));
    number.map_or((text, None), |(rest, number)| (rest, Some(number)))
}

/// The file of `https://a.test/assets/app.3f9ac0de.js?v=2` as `app.js`.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split('.')
        .filter(|part| !is_content_hash(part))
        .collect::<Vec<_>>()
        .join(".")
        .split('-')
        .filter(|part| !is_content_hash(part.split('.').next().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join("-")
}

fn is_content_hash(part: &str) -> bool {
    part.len() >= 6
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && part.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, String, Option<u32>, Option<u32>, bool) {
        let frame = frame(line).expect("a frame");
        (frame.function, frame.file, frame.line, frame.column, frame.is_in_app)
    }

    fn frame_of(
        function: &str,
        file: &str,
        line: u32,
        column: u32,
    ) -> (String, String, Option<u32>, Option<u32>, bool) {
        (function.to_owned(), file.to_owned(), Some(line), Some(column), true)
    }

    #[test]
    fn frames_of_all_browsers_are_read() {
        let chromium = read("    at pay (https://a.test/assets/app.3f9ac0de.js?v=2:10:5)");
        assert_eq!(chromium, frame_of("pay", "app.js", 10, 5));
        assert_eq!(
            read("at https://a.test/vendor-9b1c2d3e.js:1:99"),
            frame_of("", "vendor", 1, 99)
        );
        assert_eq!(read("pay@https://a.test/app.js:10:5"), frame_of("pay", "app.js", 10, 5));
        assert_eq!(read("@https://a.test/book:7:1"), frame_of("", "book", 7, 1));
        let queried = frame("at pay (https://a.test/app.js?v=2:10:5)").expect("a frame");
        assert_eq!(queried.location, "https://a.test/app.js?v=2");
    }

    #[test]
    fn extensions_and_the_browser_itself_are_not_the_site() {
        for line in [
            "at fill (chrome-extension://abcdef/content.js:3:7)",
            "fill@moz-extension://abcdef/content.js:3:7",
            "at Array.map (<anonymous>)",
            "forEach@[native code]",
        ] {
            assert!(!frame(line).expect("a frame").is_in_app, "{line}");
        }
        let stack =
            "TypeError: x\n  at Array.map (<anonymous>)\n  at total (https://a.test/a.js:1:2)";
        assert_eq!(top_frame(stack).expect("the site's").function, "total");
        assert_eq!(top_frame("TypeError: x\n  at Array.map (<anonymous>)"), None);
    }

    #[test]
    fn other_lines_stay_as_they_are_and_hostile_ones_are_read_too() {
        let found =
            lines("TypeError: x\n\n  at f (https://a.test/a.js:1:2)\nCaused by: Error: y\n");
        let texts: Vec<(&str, bool)> =
            found.iter().map(|line| (&*line.text, line.frame.is_some())).collect();
        let call = "at f (https://a.test/a.js:1:2)";
        assert_eq!(texts, [("TypeError: x", false), (call, true), ("Caused by: Error: y", false)]);
        for line in ["at ", "at  (", "@", "at é (ü:99999999999999999999:1)", "@::::", "at (/:1:é)"]
        {
            assert!(
                frame(line).is_none_or(|frame| frame.line.is_none_or(|line| line < 10)),
                "{line}"
            );
        }
        assert_eq!(lines(&"at f (/a.js:1:1)\n".repeat(1_000)).len(), MAX_LINES);
    }
}
