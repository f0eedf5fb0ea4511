//! The corpus that the SDK is held to, too.

use serde::Deserialize;

use super::mask;
use super::{QueryParameters, rules};

#[derive(Deserialize)]
struct Corpus {
    values: Vec<Planted>,
    places: Vec<Place>,
    cases: Vec<Case>,
    kept: Vec<Kept>,
}

#[derive(Deserialize)]
struct Planted {
    mask: String,
    text: String,
}

#[derive(Deserialize)]
struct Place {
    #[serde(rename = "place")]
    kind: String,
    template: String,
    output: Option<String>,
}

#[derive(Deserialize)]
struct Case {
    place: String,
    input: String,
    output: String,
}

#[derive(Deserialize)]
struct Kept {
    place: String,
    text: String,
}

fn corpus() -> Corpus {
    serde_json::from_str(include_str!("personal-data.json")).expect("the corpus reads")
}

fn mask_in(place: &str, input: &str) -> String {
    let parameters = QueryParameters::default();
    match place {
        "url" | "referrer" => mask::url(input, &parameters),
        _ => mask::text(input, &parameters).into_owned(),
    }
}

/// What is wrong with what the rules make of `input`, once and once more.
fn wrong(place: &str, input: &str, output: &str) -> Option<String> {
    let once = mask_in(place, input);
    let twice = mask_in(place, &once);
    (once != output || twice != once).then(|| {
        format!(
            "{place}: {input}\n    should be {output}\n    is        {once}\n    and then  {twice}"
        )
    })
}

/// As `encodeURIComponent` does.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

fn fill(template: &str, text: &str) -> String {
    template
        // Values that are written in escapes already stay what they are.
        .replace("{encoded}", &encode(text).replace("%25", "%"))
        .replace("{double}", &encode(&encode(text)))
        .replace("{}", text)
}

#[test]
fn every_value_is_masked_in_every_place() {
    let Corpus { values, places, .. } = corpus();
    let mut found = Vec::new();
    for Planted { mask, text } in &values {
        for Place { kind, template, output } in &places {
            let output = ["{encoded}", "{double}", "{}"]
                .into_iter()
                .fold(output.as_ref().unwrap_or(template).clone(), |output, slot| {
                    output.replace(slot, &format!("[{mask}]"))
                });
            found.extend(wrong(kind, &fill(template, text), &output));
        }
    }
    assert!(
        found.is_empty(),
        "{} of {}:\n{}",
        found.len(),
        values.len() * places.len(),
        found.join("\n")
    );
}

#[test]
fn every_case_is_masked_as_it_says() {
    let found: Vec<String> = corpus()
        .cases
        .iter()
        .filter_map(|case| wrong(&case.place, &case.input, &case.output))
        .collect();
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}

#[test]
fn text_without_personal_data_is_unchanged() {
    let found: Vec<String> = corpus()
        .kept
        .iter()
        .filter_map(|kept| wrong(&kept.place, &kept.text, &kept.text))
        .collect();
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_patterns_compile() {
    assert!(rules::RULES.is_ok());
}

#[test]
fn a_project_names_the_parameters_that_stay() {
    let parameters = QueryParameters::parse("lang q filter_*").expect("names");
    let url = "https://shop.test/find?lang=sw&filter_a=1&q=asha%40example.com&langs=2&token=1";
    let kept = "https://shop.test/find?lang=sw&filter_a=1&q=[email]";
    assert_eq!(mask::url(url, &parameters), kept);
    assert_eq!(mask::text(&format!("GET {url}"), &parameters), format!("GET {kept}"));
    for bad in ["*", "a*b", "a&b", "ü", &"a ".repeat(51), &"a".repeat(65)] {
        assert!(QueryParameters::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn members_of_json_are_masked_by_name_and_by_content() {
    let none = QueryParameters::default();
    let masked =
        |text: &str| mask::json(text, &none, &["property_id"]).expect("an object").into_owned();
    for (text, expected) in [
        (
            r#"{"note":"asha@example.com","list":["+255712345678",{"a":"4242 4242 4242 4242"}]}"#,
            r#"{"list":["[phone]",{"a":"[card]"}],"note":"[email]"}"#,
        ),
        (r#"{"phone":"22 33"}"#, r#"{"phone":"[phone]"}"#),
        (r#"{"Email-Address":"at home"}"#, r#"{"Email-Address":"[email]"}"#),
        (r#"{"cardNumber":12}"#, r#"{"cardNumber":"[card]"}"#),
        (r#"{"n":4242424242424242}"#, r#"{"n":"[card]"}"#),
        (r#"{"asha@example.com":1}"#, r#"{"[email]":1}"#),
        (r#"{"customer_id":"asha@example.com"}"#, r#"{"customer_id":"[email]"}"#),
    ] {
        assert_eq!(masked(text), expected);
        assert_eq!(masked(expected), expected);
    }
    for kept in [
        r#"{"click_id":"550e8400-e29b-41d4-a716-446655440000","click_count":3}"#,
        r#"{"property_id":"asha@example.com"}"#,
        r#"{"at":1732190400000,"method":"phone","phone":true,"price":150000}"#,
        r#"{"z": 1.10, "a": "TZS 150,000"}"#,
    ] {
        assert_eq!(masked(kept), kept);
    }
    assert_eq!(mask::json("[1]", &none, &[]), None);
}

proptest::proptest! {
    #[test]
    fn masking_twice_is_masking_once(parts in proptest::collection::vec(part(), 1..8)) {
        let none = QueryParameters::default();
        let once = mask::text(&parts.concat(), &none).into_owned();
        proptest::prop_assert_eq!(&mask::text(&once, &none), &once);
        let once = mask::url(&parts.concat(), &none);
        proptest::prop_assert_eq!(&mask::url(&once, &none), &once);
    }
}

/// Pieces of which what the rules look for is made.
fn part() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::Strategy;
    let pieces = "asha@example.com 4242 4242424242424242 0712 +255 - . / ? # & = %40 %2540 %25 token= [email] \
        [phone] DE89370400440532013000 eyJhbGciOiJub25lIn0 9f86d081884c7d65 https:// .js : password: ( ) a1b2c3d4 @ ' \"";
    let pieces: Vec<String> = pieces.split(' ').map(str::to_owned).collect();
    proptest::prop_oneof![
        8 => proptest::sample::select(pieces),
        2 => proptest::strategy::Just(" ".to_owned()),
        1 => "\\PC{1,3}".prop_map(String::from),
    ]
}
