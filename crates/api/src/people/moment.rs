//! A moment of a person's timeline in answers.

use domain::billing::EndKind;
use domain::person::MomentKind;
use domain::question::EventRow;
use domain::session::EndReason;
use domain::time::Timestamp;
use engine::people::PersonMoment;
use engine::ports::catalog::{ContactActivity, Moment, Note, Recording, SessionRow, StoredCall};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::admin::{ActivityAnswer, Amount};

/// A moment of a person's timeline. Members that a kind does not have are null.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonMoment)]
pub(super) struct MomentAnswer {
    /// Unique within its kind.
    id: String,
    /// `purchase`, `activity`, `task`, `change`, `session`, `recording`, `call`, `note`, `behavior` or `friction`.
    #[schema(value_type = String)]
    kind: &'static str,
    #[schema(format = DateTime)]
    at: String,
    /// An event's name; `contact.edited`, `contact.merged`, `task.…` for what members did; `session`, `recording`,
    /// `call` or `note`.
    name: String,
    amount: Option<Amount>,
    /// The visit it happened in.
    session_id: Option<String>,
    recording_id: Option<Uuid>,
    /// The member who did it.
    member_id: Option<Uuid>,
    /// The page: its path, or its address where a session or recording began.
    path: Option<String>,
    /// How long a session, recording or call lasted; null while it goes on.
    seconds: Option<f64>,
    /// Everything else: an event's data, the fields changed, the task, the session's device and place, the element
    /// of friction, the note's text.
    #[schema(value_type = Object)]
    details: Value,
}

impl From<PersonMoment> for MomentAnswer {
    fn from(moment: PersonMoment) -> Self {
        match moment {
            PersonMoment::Stored(stored) => match *stored {
                Moment::Activity(activity) => Self::of_activity(activity),
                Moment::Session(id, session) => Self::of_session(id, session),
                Moment::Recording(recording) => Self::of_recording(recording),
                Moment::Call(call) => Self::of_call(call),
                Moment::Note(note) => Self::of_note(&note),
            },
            PersonMoment::Event(event) => Self::of_event(*event),
        }
    }
}

impl MomentAnswer {
    fn new(kind: MomentKind, id: String, at: Timestamp, name: String) -> Self {
        Self {
            id,
            kind: kind.as_str(),
            at: at.to_rfc3339(),
            name,
            amount: None,
            session_id: None,
            recording_id: None,
            member_id: None,
            path: None,
            seconds: None,
            details: json!({}),
        }
    }

    fn of_activity(activity: ContactActivity) -> Self {
        let at = activity.occurred_at;
        let answer = ActivityAnswer::from(activity);
        let kind = MomentKind::of_activity(&answer.name);
        Self {
            amount: answer.amount,
            session_id: answer.session_id,
            member_id: answer.member_id,
            details: answer.details,
            ..Self::new(kind, answer.id, at, answer.name)
        }
    }

    fn of_session(id: String, session: SessionRow) -> Self {
        let details = json!({
            "ended_reason": session.ended_reason.map(EndReason::as_str),
            "device": session.device_type, "browser": session.browser, "os": session.os,
            "city": session.city, "country": session.country,
        });
        Self {
            session_id: Some(session.session_id),
            path: session.entry_page,
            seconds: session.ended_at.map(|ended_at| seconds(session.started_at, ended_at)),
            details,
            ..Self::new(MomentKind::Session, id, session.started_at, "session".to_owned())
        }
    }

    fn of_recording(recording: Recording) -> Self {
        let (id, started_at) = (recording.id, recording.started_at);
        Self {
            session_id: Some(recording.subject.session_id),
            recording_id: Some(id.0),
            path: recording.page_url,
            seconds: Some(seconds(started_at, recording.ended_at)),
            ..Self::new(MomentKind::Recording, id.to_string(), started_at, "recording".to_owned())
        }
    }

    fn of_call(StoredCall { widget_id, session_id, call, .. }: StoredCall) -> Self {
        let ended_by = call.ended_by().map(EndKind::as_str);
        let ended = call.end.map(|end| seconds(call.started_at, end.at.max(call.started_at)));
        Self {
            session_id: Some(session_id),
            seconds: ended,
            details: json!({"widget_id": widget_id, "ended_by": ended_by}),
            ..Self::new(
                MomentKind::Call,
                call.start.to_string(),
                call.started_at,
                "call".to_owned(),
            )
        }
    }

    fn of_note(note: &Note) -> Self {
        let edited_at = note.edited_at.map(Timestamp::to_rfc3339);
        Self {
            member_id: Some(note.author.0),
            details: json!({"text": note.text, "edited_at": edited_at}),
            ..Self::new(MomentKind::Note, note.id.to_string(), note.created_at, "note".to_owned())
        }
    }

    fn of_event(event: EventRow) -> Self {
        let is_friction = event.category == "friction";
        let kind = if is_friction { MomentKind::Friction } else { MomentKind::Behavior };
        let properties = event.properties.as_deref().map(serde_json::from_str);
        let properties: Value = properties.and_then(Result::ok).unwrap_or_else(|| json!({}));
        let details = if is_friction {
            json!({
                "element_selector": event.element_selector, "element_text": event.element_text,
                "error_message": event.error_message, "severity": event.severity,
            })
        } else {
            properties
        };
        Self {
            session_id: event.session_id,
            path: event.path,
            details,
            ..Self::new(kind, event.id.to_string(), event.occurred_at, event.name)
        }
    }
}

/// From one instant to another.
#[expect(clippy::cast_precision_loss, reason = "a session or call lasts days at most")]
fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.micros_since(from) as f64 / 1e6
}
