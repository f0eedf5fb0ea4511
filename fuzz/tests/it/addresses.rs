//! Small texts with a meaning: times, amounts, ids, people and messages.

use domain::crm::Identity;
use domain::customer::Customer;
use domain::error_group;
use domain::id::{EventId, ProjectId};
use domain::key;
use domain::money::{Currency, Money};
use domain::sender_kind::SenderKind;
use domain::time::Timestamp;
use fuzz::{Observation, Random, Target, text};
use serde_json::{Value, json};
use uuid::Uuid;

struct AddressTarget;

const WORDS: [&str; 30] = [
    "2026",
    "-",
    "11",
    "21",
    "T",
    "12",
    ":",
    "00",
    "Z",
    "+03:00",
    ".5",
    "1e9",
    "9",
    "@",
    "shop",
    ".",
    "test",
    "TZS",
    "usd",
    "fk_",
    "0123456789abcdef",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef",
    " ",
    "İ",
    "ß",
    "at f (a.js:1:2)\n",
    "Error: ",
    "null",
    "\n",
    "+255",
];

impl Target for AddressTarget {
    fn name(&self) -> &'static str {
        "addresses"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        text::from_vocabulary(random, &WORDS).into_bytes()
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let text = String::from_utf8_lossy(input);
        let found = [time(&text), money(&text), id(&text), person(&text)];
        let agent = SenderKind::of(&text).is_bot(true);
        let group = error_group::group(Some(&text), Some(&text));
        assert_eq!(group, error_group::group(Some(&text), Some(&text)));
        assert!(!(key::is_ingest_key(&text) && key::is_secret_key(&text)));
        format!("{found:?} bot {agent}")
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["[\"time", "[\"no time\", \"money"]
    }
}

/// A time that is read is written as one that is read the same, to the millisecond.
fn time(text: &str) -> &'static str {
    let Ok(time) = Timestamp::parse(text) else { return "no time" };
    let written = time.to_rfc3339();
    let again = Timestamp::parse(&written).expect("what was written can be read");
    assert_eq!(again.millis(), time.millis(), "{written}");
    assert_eq!(i64::from(time.day()), time.micros().div_euclid(86_400_000_000), "{written}");
    "time"
}

fn money(text: &str) -> &'static str {
    let parsed = Currency::parse(text);
    let currency = parsed.clone().unwrap_or_default();
    let amount: f64 = text.trim().parse().unwrap_or_default();
    if let Ok(money) = Money::from_major(amount, currency) {
        let written: f64 = money.to_decimal().parse().expect("a number");
        assert!((written - amount).abs() <= 1.0 + amount.abs() * 1e-9, "{amount}: {written}");
    }
    let Ok(currency) = parsed else { return "no money" };
    assert_eq!(Currency::parse(currency.as_str()), Ok(currency));
    "money"
}

fn id(text: &str) -> &'static str {
    let id = EventId::from_client(text);
    assert_eq!(id.is_ok(), (1..=128).contains(&text.len()));
    if id.is_ok() { "id" } else { "no id" }
}

/// A person found by an address is found by it in upper and lower case.
fn person(text: &str) -> &'static str {
    let project = ProjectId(Uuid::from_u128(7));
    let object = json!({"email": text, "name": text, "phone": text, "id": text});
    let Value::Object(object) = object else { return "no person" };
    let customer = Customer::read(&object);
    let Some(email) = &customer.email else { return "no person" };
    assert_eq!(Identity::email(project, email), Identity::email(project, text), "{text:?}");
    let contact = Identity::email(project, email).contact_id;
    assert_eq!(contact.to_string().parse(), Ok(contact));
    "person"
}

#[test]
fn addresses() {
    fuzz::run(&mut AddressTarget);
}
