//! Where a page of customers ends, as text: hexadecimal of `sort`, `order`, key and id, a line each.

use data_encoding::HEXLOWER;
use engine::ports::catalog::After;

/// The cursor of the page that follows `after`.
pub(super) fn write((sort, order): (&str, &str), after: &After) -> String {
    let key = after.key.map_or_else(String::new, |key| key.to_string());
    let plain = format!("{sort}\n{order}\n{key}\n{}", after.user_id);
    HEXLOWER.encode(plain.as_bytes())
}

/// Reads a cursor of the same sort; none when it is not one of ours.
pub(super) fn read(text: &str, (sort, order): (&str, &str)) -> Option<After> {
    let plain = String::from_utf8(HEXLOWER.decode(text.as_bytes()).ok()?).ok()?;
    let mut lines = plain.splitn(4, '\n');
    if lines.next()? != sort || lines.next()? != order {
        return None;
    }
    let key = match lines.next()? {
        "" => None,
        key => Some(key.parse().ok()?),
    };
    Some(After { key, user_id: lines.next()?.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_for_its_own_sort_only() {
        let sort = ("sessions", "desc");
        for after in [
            After { key: Some(-7), user_id: "a\nü".to_owned() },
            After { key: None, user_id: String::new() },
        ] {
            let text = write(sort, &after);
            assert_eq!(read(&text, sort), Some(after));
            assert_eq!(read(&text, ("sessions", "asc")), None);
        }
        for text in ["", "zz", "é", "0", "7365"] {
            assert_eq!(read(text, sort), None, "{text}");
        }
    }
}
