//! Released documents can be read, and what is written is what was released.

mod examples;
mod golden;
mod properties;
mod strategies;

use domain::board::Card;
use domain::crm::{Checkpoint, ContactFact, ContactState, RuleSet, Task};
use domain::erasure::Identifiers;
use domain::project_settings::ProjectSettings;
use domain::saved_question::QuestionDetails;
use domain::score::Weights;
use domain::sdk_settings::SdkSettings;
use domain::session::SessionState;
use domain::webhook::EventKind;
use engine::ports::catalog::Error;
use engine::ports::sql::StatementResult;

use super::{Document, decode, lists};

fn error_text<D: Document + std::fmt::Debug>(text: &str) -> String {
    let Error::Internal(cause) = decode::<D>(text).unwrap_err() else {
        panic!("{text} is no fault of ours");
    };
    cause.to_string()
}

#[test]
fn an_unknown_version_is_an_error_that_names_column_and_version() {
    let errors = [
        error_text::<SessionState>(r#"{"v":99}"#),
        error_text::<ContactState>(r#"{"v":99}"#),
        error_text::<Checkpoint>(r#"{"v":99}"#),
        error_text::<ContactFact>(r#"{"v":99}"#),
        error_text::<Task>(r#"{"v":99}"#),
        error_text::<Identifiers>(r#"{"v":99}"#),
        error_text::<RuleSet>(r#"{"v":99}"#),
        error_text::<Weights>(r#"{"v":99}"#),
        error_text::<SdkSettings>(r#"{"v":99}"#),
        error_text::<ProjectSettings>(r#"{"v":99}"#),
        error_text::<QuestionDetails>(r#"{"v":99}"#),
        error_text::<Vec<Card>>(r#"{"v":99}"#),
        error_text::<StatementResult>(r#"{"v":99}"#),
    ];
    let columns = [
        "session_threads.state",
        "crm_contacts.state",
        "crm_checkpoints.checkpoint",
        "crm_activities.fact",
        "crm_tasks.task",
        "erasures.identifiers",
        "crm_rules.rules",
        "lead_weights.weights",
        "sdk_settings.settings",
        "project_settings.settings",
        "saved_questions.details",
        "boards.cards",
        "question_runs.answer",
    ];
    let expected = columns.map(|column| {
        format!(
            "the stored {column} of version 99 cannot be read: a later version of this program \
             wrote it"
        )
    });
    assert_eq!(errors, expected);
}

#[test]
fn a_document_without_a_version_is_refused() {
    for text in ["", "null", "[]", "{}", r#"{"v":"1"}"#, r#"{"v":-1}"#, r#"{"intervals":[]}"#] {
        let error_text = error_text::<SessionState>(text);
        assert_eq!(error_text, "the stored session_threads.state has no version", "{text}");
    }
}

#[test]
fn an_impossible_document_is_refused_and_not_quoted() {
    let prefix = "the stored session_threads.state of version 1 cannot be read: ";
    for (text, cause) in [
        (r#"{"v":1,"intervals":[[2,1]]}"#, "`intervals` has an impossible value"),
        (r#"{"v":1,"intervals":[[5,6],[1,2]]}"#, "`intervals` has an impossible value"),
        (r#"{"v":1,"ends":[{"at":1,"reason":"idle"}]}"#, "`ends` has an impossible value"),
        (
            r#"{"v":1,"starts":["anna@shop.test"]}"#,
            "a member is missing or has another type, at byte 33",
        ),
    ] {
        assert_eq!(error_text::<SessionState>(text), format!("{prefix}{cause}"), "{text}");
    }
}

#[test]
fn lists_are_bare_arrays() {
    let kinds = EventKind::ALL.map(EventKind::as_str);
    let stored = r#"["contact.created","contact.updated","contact.merged","task.created","task.updated","task.completed"]"#;
    assert_eq!(lists::encode(kinds, "kinds").unwrap(), stored);
    assert_eq!(lists::decode(stored, "kinds").unwrap(), kinds);
    let domains = r#"["shop.test","*.shop.test","https://localhost:3000"]"#;
    let read = lists::decode_domains(domains).unwrap();
    assert_eq!(read.len(), 3);
    assert_eq!(lists::encode_domains(&read).unwrap(), domains);
}

#[test]
fn a_list_of_domains_never_loses_one() {
    for stored in [r#"["shop.test","a b"]"#, r#"[""]"#, "{}", "null", ""] {
        assert!(lists::decode_domains(stored).is_err(), "{stored}");
    }
}
