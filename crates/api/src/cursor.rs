//! Cursors of lists: the row that a page ended with, as a text that is opaque to clients.
//!
//! The text is base64url of the JSON array `[list, row]`. `list` names the list and, where a list has
//! several orders, the order: a cursor of another list or order is refused, not misread.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// The cursor of the page after `page`, whose last row `row` identifies; none after a page that is
/// not full, since it is the last.
pub(crate) fn next<T, R: Serialize>(
    list: &str,
    page: &[T],
    limit: u32,
    row: impl FnOnce(&T) -> R,
) -> Result<Option<String>, Error> {
    let is_full = page.len() >= limit as usize;
    page.last().filter(|_| is_full).map(|last| write(list, &row(last))).transpose()
}

/// The cursor of the page after `row`.
pub(crate) fn write(list: &str, row: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_vec(&(list, row)).map_err(engine::Error::internal)?;
    Ok(BASE64URL_NOPAD.encode(&json))
}

/// The row in a request's cursor, if it has one. Fails with 400 when the text is no cursor of `list`.
pub(crate) fn read<R: DeserializeOwned>(
    list: &str,
    cursor: Option<&str>,
) -> Result<Option<R>, Error> {
    let invalid =
        || Error::invalid("cursor", "cursor is invalid: use the one from the previous page");
    cursor.map(|text| decode(list, text).ok_or_else(invalid)).transpose()
}

fn decode<R: DeserializeOwned>(list: &str, text: &str) -> Option<R> {
    let json = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (of, row): (&str, R) = serde_json::from_slice(&json).ok()?;
    (of == list).then_some(row)
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;
    use uuid::Uuid;

    use super::*;

    type Row = (Timestamp, Option<i64>, u64, Uuid, String);

    fn rows() -> Vec<Row> {
        let micros = [i64::MIN, -1, 0, i64::MAX].map(Timestamp::from_micros);
        let texts = ["", "a\nü\"\\\0", &"x".repeat(10_000)].map(str::to_owned);
        let row = |time, text: &String| {
            [None, Some(i64::MIN)].map(|key| (time, key, u64::MAX, Uuid::max(), text.clone()))
        };
        let of_time = |time| texts.iter().flat_map(move |text| row(time, text));
        micros.into_iter().flat_map(of_time).collect()
    }

    #[test]
    fn a_cursor_reads_as_it_is_written_and_fits_in_a_url() {
        for row in rows() {
            let text = write("list", &row).unwrap();
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            assert_eq!(read("list", Some(&text)).unwrap(), Some(row));
        }
        assert_eq!(read::<Row>("list", None).unwrap(), None);
    }

    #[test]
    fn a_cursor_of_another_list_or_shape_is_refused() {
        let text = write("calls", &(1, "a")).unwrap();
        assert!(read::<(i64, String)>("calls", Some(&text)).is_ok());
        for list in ["", "call", "calls ", "contacts"] {
            assert!(read::<(i64, String)>(list, Some(&text)).is_err(), "{list}");
        }
        assert!(read::<(String, i64)>("calls", Some(&text)).is_err());
        assert!(read::<(i64, String, i64)>("calls", Some(&text)).is_err());
        assert!(read::<(i64,)>("calls", Some(&text)).is_err());
    }

    #[test]
    fn garbage_is_refused() {
        let whole = write("list", &7).unwrap();
        let encoded = |json: &str| BASE64URL_NOPAD.encode(json.as_bytes());
        let long = "A".repeat(1 << 20);
        let nested = encoded(&"[".repeat(100_000));
        let of_ours = [&whole[1..], &whole[..whole.len() - 1], &format!("{whole}AAAA")];
        let texts = ["", "0", "é", "a+/=", &long, &nested, &encoded("7"), &encoded("{}")];
        for text in texts.into_iter().chain(of_ours) {
            assert!(read::<i64>("list", Some(text)).is_err(), "{}", &text[..text.len().min(40)]);
        }
    }

    #[test]
    fn only_a_full_page_has_a_next_one() {
        let next = |page: &[i64]| next("list", page, 2, |last| *last).unwrap();
        assert_eq!((next(&[]), next(&[1])), (None, None));
        assert_eq!(next(&[1, 2]), Some(write("list", &2).unwrap()));
    }
}
