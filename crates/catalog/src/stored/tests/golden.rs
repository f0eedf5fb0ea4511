//! The golden files, `tests/golden/v<version>/<document>.<example>.json`: what each version of each
//! document looks like, and which value it stands for.
//!
//! A file is what a released version wrote, so **no file is ever changed or removed**. The values in
//! [`examples`] follow the names of `domain`, and never change in meaning. An optional member that is added
//! gets an example of its own. A new version gets new files; the older ones stay and are only read from
//! then on: their lines below change from [`reads_and_writes`] to [`reads`].

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use domain::board::{Card, CardId, CardWidth, PieceName};
use domain::money::Currency;
use domain::project_settings::{ProjectSettings, Retention};
use domain::saved_question::{DayOfMonth, QuestionDetails, Schedule, TimeOfDay, Weekday};
use domain::sdk_settings::{Consent, SdkSettings};
use domain::zone::Zone;
use engine::ports::sql::{Cell, Column, StatementResult};

use super::examples;
use crate::stored::{Document, decode, encode};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The text of a file, which ends in a line feed that is not the document's.
fn text(file: &str) -> String {
    let text = std::fs::read_to_string(folder().join(file)).unwrap_or_default();
    text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
}

/// A version that was released stands for this value. Gives the file's name back.
fn reads<D: Document + PartialEq + Debug>(file: &str, value: &D) -> String {
    let read = decode::<D>(&text(file)).unwrap();
    assert_eq!(&read, value, "{file}: a released version is no longer read as it was meant");
    file.to_owned()
}

/// The same of the version that is written today: it is exactly what this program makes of the value.
fn reads_and_writes<D: Document + PartialEq + Debug>(file: &str, value: &D) -> String {
    assert_eq!(
        encode(value).unwrap(),
        text(file),
        "{file}: this is not what was released. Leave the file as it is. If what is stored shall \
         change, add the document's next version, as `src/stored/mod.rs` says; if not, undo what \
         changed it"
    );
    reads(file, value)
}

fn seven() -> TimeOfDay {
    TimeOfDay::parse("07:05").unwrap()
}

fn scheduled(schedule: Schedule) -> QuestionDetails {
    QuestionDetails { schedule: Some(schedule), ..QuestionDetails::default() }
}

fn statement_result() -> StatementResult {
    let text = |text: &str| Cell::Text(text.to_owned());
    let column = |name: &str, kind: &str| Column { name: name.to_owned(), kind: kind.to_owned() };
    StatementResult {
        columns: vec![column("day", "timestamptz"), column("n", "bigint")],
        rows: vec![
            vec![text("2026-11-21T00:00:00Z"), Cell::Integer(-3)],
            vec![text("ü"), Cell::Double(0.5)],
            vec![Cell::Null, Cell::Decimal("1.50".to_owned())],
            vec![Cell::Boolean(true), Cell::Null],
        ],
        is_truncated: true,
    }
}

fn board_cards() -> Vec<Card> {
    let card = |id: &str, piece: &str, title: Option<&str>, search: &str, columns| Card {
        id: CardId::parse(id).unwrap(),
        piece: PieceName::parse(piece).unwrap(),
        title: title.map(str::to_owned),
        search: search.to_owned(),
        width: CardWidth::of(columns).unwrap(),
    };
    vec![
        card("a1", "overview.visitors", Some("Visitors on phones"), "period=7d&device=mobile", 1),
        card("b_2-x", "visitor-retention.curve", None, "", 4),
    ]
}

#[test]
fn every_released_version_is_read_and_the_latest_one_written() {
    let consent = |consent| SdkSettings { consent, ..examples::sdk_settings() };
    let seen = [
        reads_and_writes(
            "v1/project_settings.full.json",
            &ProjectSettings { programs_are_bots: true, ..ProjectSettings::default() },
        ),
        reads_and_writes(
            "v1/project_settings.zone_and_retention.json",
            &ProjectSettings {
                programs_are_bots: true,
                time_zone: Zone::parse("Africa/Dar_es_Salaam").unwrap(),
                default_currency: None,
                retention: Retention {
                    event_days: Some(400),
                    session_days: Some(90),
                    recording_days: Some(30),
                    activity_days: Some(365),
                },
            },
        ),
        reads_and_writes(
            "v1/project_settings.currency.json",
            &ProjectSettings {
                default_currency: Some(Currency::parse("TZS").unwrap()),
                ..ProjectSettings::default()
            },
        ),
        reads_and_writes("v1/project_settings.default.json", &ProjectSettings::default()),
        reads_and_writes("v1/timeline.full.json", &examples::full_timeline()),
        reads_and_writes("v1/timeline.minimal.json", &examples::minimal_timeline()),
        reads_and_writes("v1/timeline.nobody.json", &examples::timeline_of_nobody()),
        reads_and_writes("v1/contact.full.json", &examples::full_contact()),
        reads_and_writes("v1/contact.minimal.json", &examples::minimal_contact()),
        reads_and_writes("v1/checkpoint.full.json", &examples::checkpoint()),
        reads_and_writes("v1/fact.event.json", &examples::event_fact()),
        reads_and_writes("v1/fact.minimal.json", &examples::minimal_fact()),
        reads_and_writes("v1/fact.edit.json", &examples::edit_fact()),
        reads_and_writes("v1/fact.edit_clear.json", &examples::clearing_fact()),
        reads_and_writes("v1/fact.task_assigned.json", &examples::assigning_fact()),
        reads_and_writes("v1/fact.task_unassigned.json", &examples::unassigning_fact()),
        reads_and_writes("v1/fact.task_completed.json", &examples::completing_fact()),
        reads_and_writes("v1/fact.task_reopened.json", &examples::reopening_fact()),
        reads_and_writes("v1/fact.task_created.json", &examples::creating_fact()),
        reads_and_writes("v1/fact.task_snoozed.json", &examples::snoozing_fact()),
        reads_and_writes("v1/fact.task_commented.json", &examples::commenting_fact()),
        reads_and_writes("v1/task.snoozed.json", &examples::snoozed_task()),
        reads_and_writes("v1/task.full.json", &examples::done_task()),
        reads_and_writes("v1/task.minimal.json", &examples::open_task()),
        reads_and_writes("v1/identifiers.full.json", &examples::full_identifiers()),
        reads_and_writes("v1/identifiers.minimal.json", &examples::minimal_identifiers()),
        reads_and_writes("v1/rules.full.json", &examples::full_rules()),
        reads_and_writes("v1/rules.minimal.json", &examples::minimal_rules()),
        reads_and_writes("v1/weights.full.json", &examples::weights()),
        reads_and_writes("v1/question_details.full.json", &examples::full_question_details()),
        reads_and_writes("v1/question_details.minimal.json", &QuestionDetails::default()),
        reads_and_writes("v1/question_details.hourly.json", &scheduled(Schedule::Hourly)),
        reads_and_writes("v1/question_details.daily.json", &scheduled(Schedule::Daily(seven()))),
        reads_and_writes(
            "v1/question_details.weekly.json",
            &scheduled(Schedule::Weekly(Weekday::Sunday, seven())),
        ),
        reads_and_writes(
            "v1/question_details.monthly.json",
            &scheduled(Schedule::Monthly(DayOfMonth::of(28).unwrap(), seven())),
        ),
        reads_and_writes("v1/statement_result.full.json", &statement_result()),
        reads_and_writes("v1/statement_result.none.json", &StatementResult::default()),
        reads_and_writes("v1/board_cards.full.json", &board_cards()),
        reads_and_writes("v1/board_cards.none.json", &Vec::<Card>::new()),
        reads("v1/sdk_settings.full.json", &before_forms(examples::sdk_settings())),
        reads("v1/sdk_settings.granted.json", &before_forms(consent(Consent::Granted))),
        reads("v1/sdk_settings.no_consent.json", &before_forms(consent(Consent::None))),
        reads("v2/sdk_settings.full.json", &before_console(examples::sdk_settings())),
        reads("v2/sdk_settings.granted.json", &before_console(consent(Consent::Granted))),
        reads("v2/sdk_settings.no_consent.json", &before_console(consent(Consent::None))),
        reads_and_writes("v3/sdk_settings.full.json", &examples::sdk_settings()),
        reads_and_writes("v3/sdk_settings.granted.json", &consent(Consent::Granted)),
        reads_and_writes("v3/sdk_settings.no_consent.json", &consent(Consent::None)),
    ];
    assert_eq!(files(), BTreeSet::from(seen), "every file stands for a value above");
}

/// The settings as version 1 has them: what it did not know is as by default.
fn before_forms(mut settings: SdkSettings) -> SdkSettings {
    settings.signals.form = true;
    before_console(settings)
}

/// The same of version 2.
fn before_console(mut settings: SdkSettings) -> SdkSettings {
    settings.recording.record_console = false;
    settings.recording.record_requests = true;
    settings
}

/// The files of all versions.
fn files() -> BTreeSet<String> {
    let names = |path: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(path).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let versions = names(&folder()).into_iter().filter(|name| folder().join(name).is_dir());
    let in_version = |version: String| {
        let files = names(&folder().join(&version));
        files.into_iter().map(move |file| format!("{version}/{file}"))
    };
    versions.flat_map(in_version).collect()
}
