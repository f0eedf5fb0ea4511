//! The values of the golden files, written by hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{
    BookingStep, Checkpoint, ContactEdit, ContactFact, ContactFields, ContactId, ContactState,
    Counter, DealChange, DealRule, EventPayload, FactPayload, Identity, IdentityKind, Merge,
    OpenBooking, Priority, RememberedField, Rule, RuleSet, Snooze, StatusRule, Task, TaskAction,
    TaskComment, TaskId, TaskRule, TaskSeed, TaskStatus,
};
use domain::erasure::Identifiers;
use domain::event::{Device, Place};
use domain::id::{EventId, MemberId};
use domain::money::{Currency, Money};
use domain::saved_question::{
    Chart, ChartShape, Parameter, ParameterName, ParameterType, ParameterValue, QuestionDetails,
};
use domain::score::{FitPoints, GroupWeight, Weights};
use domain::sdk_settings::{
    Consent, Masking, Recording, Sampling, SdkSettings, SignalSettings, Thresholds,
};
use domain::session::{EndReason, SessionProfile, SessionState, SessionTimeline, TimelineParts};
use domain::time::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Minutes after noon of 21 November 2026, and a microsecond.
fn at(minutes: i64) -> Timestamp {
    Timestamp::from_micros(1_795_262_400_000_001 + minutes * 60_000_000)
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x018f_3f3e_7d1c_7cc2_9d4e_0000_0000_0000 + number)
}

fn event(number: u128) -> EventId {
    EventId(uuid(number))
}

fn member(number: u128) -> MemberId {
    MemberId(uuid(0x900 + number))
}

fn contact(number: u128) -> ContactId {
    ContactId(uuid(0xc00 + number))
}

#[expect(clippy::unnecessary_wraps, reason = "the members are optional")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn money(minor: i64, code: &str) -> Money {
    Money { minor, currency: Currency::parse(code).unwrap() }
}

fn user(number: u128) -> Identity {
    Identity { kind: IdentityKind::User, contact_id: contact(number) }
}

fn email(number: u128) -> Identity {
    Identity { kind: IdentityKind::Email, contact_id: contact(number) }
}

fn data(value: Value) -> Map<String, Value> {
    let Value::Object(data) = value else { panic!("no object") };
    data
}

fn record(parts: TimelineParts, profile: Option<SessionProfile>) -> SessionState {
    SessionState { timeline: SessionTimeline::from_parts(parts).unwrap(), profile, visitor: None }
}

/// Two visits, one of them signed out of; every member there is.
pub(super) fn full_timeline() -> SessionState {
    let parts = TimelineParts {
        intervals: vec![(at(0), at(12)), (at(90), at(95))],
        starts: BTreeSet::from([at(0), at(90)]),
        ends: BTreeSet::from([
            (at(12), EndReason::SignOut),
            (at(12), EndReason::UserSwitch),
            (at(13), EndReason::PageUnload),
            (at(14), EndReason::MaxAge),
            (at(15), EndReason::Explicit),
        ]),
        idle_since: Some(at(95)),
    };
    let profile = SessionProfile {
        at: at(0),
        event_id: event(1),
        device: Device {
            kind: text("mobile"),
            browser: text("Chrome Mobile"),
            browser_version: text("131.0"),
            os: text("Android"),
            os_version: text("14.0"),
        },
        place: Place {
            country: text("TZ"),
            region: text("Arusha"),
            city: text("Arusha"),
            masked_ip: text("196.249.xxx.xxx"),
        },
        entry_page: text("https://shop.test/vehicles/prado"),
    };
    let visitor = Some((at(1), event(2), "visitor-4f8d".to_owned()));
    SessionState { visitor, ..record(parts, Some(profile)) }
}

/// One event of an unknown device.
pub(super) fn minimal_timeline() -> SessionState {
    let parts = TimelineParts { intervals: vec![(at(0), at(0))], ..TimelineParts::default() };
    let (device, place) = (Device::default(), Place::default());
    record(
        parts,
        Some(SessionProfile { at: at(0), event_id: event(1), device, place, entry_page: None }),
    )
}

/// An end that names no customer, of which nothing else is kept.
pub(super) fn timeline_of_nobody() -> SessionState {
    let ends = BTreeSet::from([(at(12), EndReason::PageUnload)]);
    record(TimelineParts { ends, ..TimelineParts::default() }, None)
}

fn payment_failed() -> TaskSeed {
    TaskSeed {
        id: TaskId(uuid(0xa01)),
        kind: "payment_failed".to_owned(),
        title: "Follow up - Payment Failed".to_owned(),
        priority: Priority::High,
        created_at: at(5),
        due_at: Some(at(65)),
    }
}

pub(super) fn done_task() -> Task {
    Task {
        seed: payment_failed(),
        status: TaskStatus::Done,
        assigned_to: Some(member(1)),
        snooze: None,
        comments: 0,
        done_at: Some(at(30)),
        done_by: Some(member(2)),
    }
}

pub(super) fn open_task() -> Task {
    Task::open(TaskSeed {
        id: TaskId(uuid(0xa02)),
        kind: "call".to_owned(),
        title: "Call".to_owned(),
        priority: Priority::Low,
        created_at: at(5),
        due_at: None,
    })
}

pub(super) fn snoozed_task() -> Task {
    let snooze = Snooze { until: at(90), by: member(1), at: at(30) };
    Task { snooze: Some(snooze), comments: 2, ..open_task() }
}

fn task_of(priority: Priority) -> Task {
    let open = open_task();
    Task { seed: TaskSeed { priority, ..open.seed }, ..open }
}

/// Every member there is.
pub(super) fn full_contact() -> ContactState {
    ContactState {
        user_id: text("42"),
        email: text("anna@shop.test"),
        first_name: text("Anna"),
        last_name: text("Mushi"),
        phone: text("+255 700 000 000"),
        lead_source: text("Website"),
        lead_status: "Customer - Active".to_owned(),
        created_at: at(0),
        last_activity: Some(at(40)),
        last_action: text("booking.started"),
        last_vehicle_viewed: text("Prado"),
        last_search_location: text("Arusha"),
        estimated_deal_value: Some(money(70_000, "TZS")),
        total_bookings: 2,
        total_revenue: BTreeMap::from([
            (Currency::parse("TZS").unwrap(), 120_000),
            (Currency::parse("USD").unwrap(), -500),
        ]),
        website_visits: 3,
        open_booking: Some(OpenBooking {
            start: event(7),
            last_at: at(40),
            amount: Some(money(70_000, "TZS")),
            session_id: text("session-7"),
            data: data(json!({"days": 3.5, "extras": ["seat", null], "vehicle": {"id": 9}})),
        }),
        tasks: vec![done_task(), task_of(Priority::Normal), task_of(Priority::Urgent)],
        merges: vec![Merge { fact: event(3), at: at(2), absorbed: contact(2) }],
        known: vec![BTreeSet::from([user(1), email(2)])],
        folded: Some((at(40), event(7))),
    }
}

/// As little as can be known.
pub(super) fn minimal_contact() -> ContactState {
    ContactState { lead_source: None, ..ContactState::default() }
}

fn fact(identities: Vec<Identity>, payload: FactPayload) -> ContactFact {
    ContactFact { id: event(7), occurred_at: at(40), identities, payload }
}

pub(super) fn event_fact() -> ContactFact {
    let fields = ContactFields {
        user_id: text("42"),
        email: text("anna@shop.test"),
        first_name: text("Anna"),
        last_name: text("Mushi"),
        phone: text("+255 700 000 000"),
    };
    let event = EventPayload {
        name: "booking.started".to_owned(),
        fields,
        amount: Some(money(70_000, "TZS")),
        session_id: text("session-7"),
        data: data(json!({"days": 3.5, "extras": ["seat", null], "vehicle": {"id": 9}})),
    };
    fact(vec![user(1), email(2)], FactPayload::Event(event))
}

pub(super) fn minimal_fact() -> ContactFact {
    let event = EventPayload {
        name: "chat.message".to_owned(),
        fields: ContactFields::default(),
        amount: None,
        session_id: None,
        data: Map::new(),
    };
    fact(vec![user(1)], FactPayload::Event(event))
}

pub(super) fn edit_fact() -> ContactFact {
    let edit = ContactEdit {
        email: text("anna@new.test"),
        first_name: text("Anne"),
        last_name: text("Massawe"),
        phone: text(""),
        lead_source: text("Fair"),
        lead_status: text("Lost"),
        deal_value: Some(DealChange::Set(money(5, "JPY"))),
    };
    fact(vec![user(1)], FactPayload::Edited { member: member(1), edit })
}

pub(super) fn clearing_fact() -> ContactFact {
    let edit = ContactEdit { deal_value: Some(DealChange::Clear), ..ContactEdit::default() };
    fact(vec![user(1)], FactPayload::Edited { member: member(1), edit })
}

fn task_fact(action: TaskAction) -> ContactFact {
    fact(vec![user(1)], FactPayload::Task { member: member(1), seed: payment_failed(), action })
}

pub(super) fn assigning_fact() -> ContactFact {
    task_fact(TaskAction::Assign(Some(member(2))))
}

pub(super) fn unassigning_fact() -> ContactFact {
    task_fact(TaskAction::Assign(None))
}

pub(super) fn completing_fact() -> ContactFact {
    task_fact(TaskAction::Complete)
}

pub(super) fn reopening_fact() -> ContactFact {
    task_fact(TaskAction::Reopen)
}

pub(super) fn creating_fact() -> ContactFact {
    task_fact(TaskAction::Create(Some(member(2))))
}

pub(super) fn snoozing_fact() -> ContactFact {
    task_fact(TaskAction::Snooze(at(90)))
}

pub(super) fn commenting_fact() -> ContactFact {
    let text = "@Juma, call \u{201c}Anna\u{201d}\nplease".to_owned();
    let mentions = vec![member(2)];
    let comment = TaskComment { member: member(1), seed: payment_failed(), text, mentions };
    fact(vec![user(1)], FactPayload::Comment(comment))
}

pub(super) fn full_identifiers() -> Identifiers {
    let set = |items: &[&str]| texts(items).into_iter().collect();
    Identifiers {
        user_ids: set(&["42", "43"]),
        emails: set(&["anna@shop.test"]),
        visitor_ids: set(&["visitor-4f8d"]),
        session_ids: set(&["session-7"]),
    }
}

pub(super) fn minimal_identifiers() -> Identifiers {
    Identifiers::default()
}

/// Every member and every word there is.
pub(super) fn full_rules() -> RuleSet {
    let rule = |event: &str| Rule { event: event.to_owned(), ..Rule::default() };
    let task = |priority, due_in_minutes| TaskRule {
        kind: "follow_up".to_owned(),
        title: "Follow up".to_owned(),
        priority,
        due_in_minutes,
    };
    RuleSet {
        abandon_after_minutes: 30,
        rules: vec![
            Rule {
                event: "booking.completed".to_owned(),
                activity: true,
                status: Some(StatusRule { to: "Customer".to_owned(), unless: texts(&["Lost"]) }),
                counts: vec![Counter::WebsiteVisits, Counter::TotalBookings, Counter::TotalRevenue],
                deal_value: Some(DealRule::Clear),
                remembers: BTreeMap::from([
                    (RememberedField::LastVehicleViewed, texts(&["vehicle_name", "name"])),
                    (RememberedField::LastSearchLocation, texts(&["location"])),
                ]),
                booking: Some(BookingStep::Ended),
                task: Some(task(Priority::Urgent, Some(60))),
                closes: texts(&["abandoned_booking"]),
            },
            Rule {
                status: Some(StatusRule { to: "Lead".to_owned(), unless: Vec::new() }),
                deal_value: Some(DealRule::Set),
                booking: Some(BookingStep::Started),
                task: Some(task(Priority::Low, None)),
                ..rule("booking.started")
            },
            Rule {
                booking: Some(BookingStep::Continued),
                task: Some(task(Priority::Normal, None)),
                ..rule("booking.*")
            },
            Rule { task: Some(task(Priority::High, None)), ..rule("*.failed") },
        ],
    }
}

pub(super) fn minimal_rules() -> RuleSet {
    RuleSet { abandon_after_minutes: 1, rules: Vec::new() }
}

pub(super) fn weights() -> Weights {
    let group = |weight, cap| GroupWeight { weight, cap };
    Weights {
        half_life_days: 30.0,
        views: group(2.5, 20.0),
        searches: group(2.0, 10.0),
        contact_clicks: group(10.0, 20.0),
        bookings: group(12.0, 25.0),
        recency: group(10.0, 10.0),
        fit: FitPoints { known_email: 5.0, known_phone: 0.1, returning: 0.0 },
    }
}

/// Every setting, each other than its default.
pub(super) fn sdk_settings() -> SdkSettings {
    SdkSettings {
        signals: SignalSettings {
            pageview: false,
            click: false,
            scroll: false,
            r#move: true,
            performance: false,
            rage_click: false,
            dead_click: false,
            slow_click: false,
            error_click: false,
            javascript_error: false,
            unhandled_rejection: false,
            form_validation_error: false,
            form: false,
            thrashing: true,
        },
        thresholds: Thresholds {
            rage_min_clicks: 4,
            rage_window_ms: 1_001,
            rage_radius_px: 31,
            dead_after_ms: 3_001,
            slow_until_ms: 7_001,
            answer_scroll_ms: 101,
            answer_focus_ms: 1_002,
            error_after_ms: 1_003,
            error_max_sends: 6,
            move_every_ms: 501,
            move_max: 102,
            thrashing_turns: 7,
        },
        sampling: Sampling { session_share: 0.5, move_share: 0.25, recording_share: 0.125 },
        recording: Recording {
            record_on_friction: true,
            record_on_error: true,
            record_urls: "/checkout/*".to_owned(),
            recording_max_kib: 10_241,
            recording_cpu_percent: 11,
            screenshots: true,
            record_by_page: false,
            record_console: true,
            record_requests: false,
        },
        masking: Masking {
            ignore: ".ticker".to_owned(),
            mask: ".name".to_owned(),
            unmask: ".price".to_owned(),
            block: "video".to_owned(),
            query_parameters: "lang filter_*".to_owned(),
        },
        consent: Consent::Denied,
    }
}

pub(super) fn checkpoint() -> Checkpoint {
    let sessions = BTreeMap::from([("s-1".to_owned(), at(3)), ("s-2".to_owned(), at(9))]);
    Checkpoint { state: full_contact(), sessions }
}

/// A parameter of each type, one without a default, and a chart.
pub(super) fn full_question_details() -> QuestionDetails {
    let parameter = |name, kind, default| Parameter {
        name: ParameterName::parse(name).unwrap(),
        kind,
        default,
    };
    let number = ParameterType::Number;
    QuestionDetails {
        parameters: vec![
            parameter("country", ParameterType::Text, text("TZ").map(ParameterValue::Text)),
            parameter("least", number, Some(ParameterValue::Integer(3))),
            parameter("share", number, Some(ParameterValue::Double(0.5))),
            parameter("since", ParameterType::Timestamp, Some(ParameterValue::Timestamp(at(0)))),
            parameter("paid", ParameterType::Boolean, Some(ParameterValue::Boolean(true))),
            parameter("until", ParameterType::Timestamp, None),
        ],
        chart: Some(Chart {
            shape: ChartShape::Bar,
            x: "day".to_owned(),
            y: texts(&["orders", "bookings"]),
            series: text("country"),
        }),
        schedule: None,
    }
}
