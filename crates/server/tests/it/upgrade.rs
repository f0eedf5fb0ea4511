//! A data folder that an earlier program wrote opens, answers the same, and goes on.
//!
//! `tests/golden/data-v1/` is such a folder, its files compressed one by one, and `answers.json` is what its
//! program answered. Released: neither ever changes. With `FOOTFALL_GEN=1` a folder that is missing is written by
//! the program under test.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::harness::{Footfall, Owner, Page, click, event_id, now, rage_click, wait_until};
use crate::postgres::{kept, visit};

/// Events of the folder: seven of [`visit`], and two clicks.
const EVENTS: u64 = 9;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/data-v1")
}

/// Files below a folder, by their paths within it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir(folder);
    walk.into_iter().map(|file| file.strip_prefix(folder).expect("below it").to_owned()).collect()
}

fn walkdir(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.flat_map(|path| if path.is_dir() { walkdir(&path) } else { vec![path] }).collect()
}

/// Writes each file of `from` to `to`, changed, with another end of its name.
fn copy(from: &Path, to: &Path, change: impl Fn(&[u8]) -> Vec<u8>, name: impl Fn(&str) -> String) {
    for file in files(from) {
        let path = to.join(name(file.to_str().expect("a name")));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let bytes = std::fs::read(from.join(file)).expect("read");
        std::fs::write(path, change(&bytes)).expect("written");
    }
}

/// What does not depend on the day on which it is asked.
async fn answers(owner: &Owner, period: &Value) -> Value {
    let period = format!("from={}&to={}&include_bots=true", period["from"], period["to"]);
    let mut contacts = owner.get("contacts").await["contacts"].clone();
    for contact in contacts.as_array_mut().expect("contacts") {
        // It falls from day to day.
        contact["lead_score"].take();
    }
    json!({
        "totals": owner.get(&format!("overview?{period}")).await["totals"],
        "kinds": owner.get(&format!("friction/kinds?{period}")).await["kinds"],
        "events": owner.get(&format!("events?{period}&limit=100")).await["events"],
        "contacts": contacts,
        "tasks": owner.get("tasks").await["tasks"],
        "members": owner.get("members").await["members"][0]["email"],
        "widgets": owner.get("widgets").await["widgets"],
    })
}

/// Writes the folder and the answers.
async fn write() {
    let mut server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let widget = owner
        .post("widgets", json!({"name": "Reservations", "kind": "floating"}))
        .await
        .expect(201)
        .json();
    visit(&owner, &page, widget["id"].as_str().expect("an id")).await;
    page.send(&[click(&event_id(1)), rage_click(&event_id(2))]).await.expect(200);
    owner.wait_for_events(EVENTS).await;
    kept(&owner).await;
    let period = json!({"from": now().millis() - 86_400_000, "to": now().millis() + 86_400_000});
    let answers = answers(&owner, &period).await;
    server.terminate().await;
    let compress = |bytes: &[u8]| zstd::encode_all(bytes, 19).expect("compressed");
    copy(&server.data_dir(), &golden().join("files"), compress, |name| format!("{name}.zst"));
    let known = json!({"period": period, "key": page.key, "answers": answers});
    let text = serde_json::to_string_pretty(&known).expect("JSON");
    std::fs::write(golden().join("answers.json"), text + "\n").expect("written");
}

/// The answer without the fields that answers did not have when `known` was kept.
fn without_new_fields(answer: Value, known: &Value) -> Value {
    match (answer, known) {
        (Value::Object(fields), Value::Object(known)) => {
            let old = fields.into_iter().filter(|(name, _)| known.contains_key(name));
            old.map(|(name, value)| (name.clone(), without_new_fields(value, &known[&name])))
                .collect()
        }
        (Value::Array(items), Value::Array(known)) if items.len() == known.len() => items
            .into_iter()
            .zip(known)
            .map(|(item, known)| without_new_fields(item, known))
            .collect(),
        (answer, _) => answer,
    }
}

#[tokio::test]
async fn a_data_folder_of_version_1_opens_answers_the_same_and_goes_on() {
    if !golden().exists() && std::env::var_os("FOOTFALL_GEN").is_some() {
        write().await;
    }
    let text = std::fs::read_to_string(golden().join("answers.json")).expect("the answers");
    let known: Value = serde_json::from_str(&text).expect("JSON");
    let decompress = |bytes: &[u8]| zstd::decode_all(bytes).expect("decompressed");
    let plain = |name: &str| name.strip_suffix(".zst").expect("compressed").to_owned();
    let mut server =
        Footfall::start_on(|data| copy(&golden().join("files"), data, decompress, plain)).await;
    let owner = Owner::sign_in(&server).await;
    let answered = answers(&owner, &known["period"]).await;
    assert_eq!(without_new_fields(answered, &known["answers"]), known["answers"]);
    let page = Page::new(owner.http.clone(), known["key"].as_str().expect("a key"));
    let count = async || owner.get("overview?include_bots=true").await["totals"]["events"].as_u64();
    let before = count().await.expect("a count");
    page.send(&[click(&event_id(3))]).await.expect(200);
    server.kill9();
    server.restart().await;
    wait_until("the new event is shown", async || (count().await? == before + 1).then_some(()))
        .await;
    assert_eq!(server.logged("ERROR"), None);
    server.terminate().await;
}
