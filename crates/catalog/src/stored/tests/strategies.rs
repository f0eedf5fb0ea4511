//! Any timeline, contact and fact that could be stored.

use domain::crm::{
    ContactEdit, ContactFact, ContactFields, ContactId, ContactState, DealChange, EventPayload,
    FactPayload, Identity, IdentityKind, Merge, OpenBooking, Priority, Snooze, Task, TaskAction,
    TaskComment, TaskId, TaskSeed, TaskStatus,
};
use domain::event::{Device, Place};
use domain::id::{EventId, MemberId};
use domain::money::{Currency, Money};
use domain::session::{EndReason, ObservationKind, SessionProfile, SessionState, SessionTimeline};
use domain::time::Timestamp;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};
use uuid::Uuid;

type Text = Option<String>;

/// Near each other, so that intervals join, and anywhere.
fn time() -> impl Strategy<Value = Timestamp> {
    let near =
        (0..200_i64).prop_map(|minutes| Timestamp::from_seconds(1_795_262_400 + minutes * 60));
    prop_oneof![4 => near, 1 => any::<i64>().prop_map(Timestamp::from_micros)]
}

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn event() -> impl Strategy<Value = EventId> {
    uuid().prop_map(EventId)
}

fn member() -> impl Strategy<Value = MemberId> {
    uuid().prop_map(MemberId)
}

fn contact_id() -> impl Strategy<Value = ContactId> {
    uuid().prop_map(ContactId)
}

fn currency() -> impl Strategy<Value = Currency> {
    "[A-Z]{3}".prop_map(|code| Currency::parse(&code).unwrap())
}

fn money() -> impl Strategy<Value = Money> {
    (any::<i64>(), currency()).prop_map(|(minor, currency)| Money { minor, currency })
}

/// As JSON brings them: a number with a fraction is one that was written in decimals.
fn data() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|cents| Value::from(f64::from(cents) / 100.0)),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(2, 12, 4, |inner| {
        let map = vec((any::<String>(), inner.clone()), 0..4);
        prop_oneof![
            vec(inner, 0..4).prop_map(Value::from),
            map.prop_map(|members| Value::from(Map::from_iter(members))),
        ]
    });
    vec((any::<String>(), value), 0..4).prop_map(Map::from_iter)
}

fn thread() -> impl Strategy<Value = SessionTimeline> {
    let mark = prop_oneof![
        Just(ObservationKind::Start),
        Just(ObservationKind::Activity),
        select(EndReason::ALL.to_vec()).prop_map(ObservationKind::End),
    ];
    vec((time(), mark), 0..20).prop_map(|marks| {
        let mut thread = SessionTimeline::default();
        for (at, mark) in marks {
            thread.observe(at, mark);
        }
        thread
    })
}

fn device() -> impl Strategy<Value = Device> {
    any::<(Text, Text, Text, Text, Text)>().prop_map(
        |(kind, browser, browser_version, os, os_version)| Device {
            kind,
            browser,
            browser_version,
            os,
            os_version,
        },
    )
}

fn place() -> impl Strategy<Value = Place> {
    any::<(Text, Text, Text, Text)>().prop_map(|(country, region, city, masked_ip)| Place {
        country,
        region,
        city,
        masked_ip,
    })
}

fn profile() -> impl Strategy<Value = SessionProfile> {
    let parts = (time(), event(), device(), place(), any::<Text>());
    parts.prop_map(|(at, event_id, device, place, entry_page)| SessionProfile {
        at,
        event_id,
        device,
        place,
        entry_page,
    })
}

/// Any session's timeline.
pub(super) fn record() -> impl Strategy<Value = SessionState> {
    let visitor = of((time(), event(), any::<String>()));
    (thread(), of(profile()), visitor).prop_map(|(thread, profile, visitor)| SessionState {
        timeline: thread,
        profile,
        visitor,
    })
}

fn identity() -> impl Strategy<Value = Identity> {
    (select(vec![IdentityKind::User, IdentityKind::Email]), contact_id())
        .prop_map(|(kind, contact_id)| Identity { kind, contact_id })
}

fn seed() -> impl Strategy<Value = TaskSeed> {
    let priority = select(Priority::ALL.to_vec());
    let parts = (uuid(), any::<String>(), any::<String>(), priority, time(), of(time()));
    parts.prop_map(|(id, kind, title, priority, created_at, due_at)| TaskSeed {
        id: TaskId(id),
        kind,
        title,
        priority,
        created_at,
        due_at,
    })
}

fn task() -> impl Strategy<Value = Task> {
    let status = select(TaskStatus::ALL.to_vec());
    let snooze = (time(), member(), time()).prop_map(|(until, by, at)| Snooze { until, by, at });
    let parts = (seed(), status, of(member()), of(snooze), any::<u32>(), of(time()), of(member()));
    parts.prop_map(|(seed, status, assigned_to, snooze, comments, done_at, done_by)| Task {
        seed,
        status,
        assigned_to,
        snooze,
        comments,
        done_at,
        done_by,
    })
}

fn open_booking() -> impl Strategy<Value = OpenBooking> {
    (event(), time(), of(money()), any::<Text>(), data()).prop_map(
        |(start, last_at, amount, session_id, data)| OpenBooking {
            start,
            last_at,
            amount,
            session_id,
            data,
        },
    )
}

fn merge() -> impl Strategy<Value = Merge> {
    (event(), time(), contact_id()).prop_map(|(fact, at, absorbed)| Merge { fact, at, absorbed })
}

/// Any contact, in two halves: a strategy is made of twelve at most.
pub(super) fn contact() -> impl Strategy<Value = ContactState> {
    let person = any::<(Text, Text, Text, Text, Text, Text, String, Text, Text, Text)>();
    let counted = (
        time(),
        of(time()),
        of(money()),
        any::<u64>(),
        btree_map(currency(), any::<i64>(), 0..3),
        any::<u64>(),
        of(open_booking()),
        vec(task(), 0..3),
        vec(merge(), 0..3),
        vec(btree_set(identity(), 0..3), 0..3),
        of((time(), event())),
    );
    (person, counted).prop_map(|(person, counted)| ContactState {
        user_id: person.0,
        email: person.1,
        first_name: person.2,
        last_name: person.3,
        phone: person.4,
        lead_source: person.5,
        lead_status: person.6,
        last_action: person.7,
        last_vehicle_viewed: person.8,
        last_search_location: person.9,
        created_at: counted.0,
        last_activity: counted.1,
        estimated_deal_value: counted.2,
        total_bookings: counted.3,
        total_revenue: counted.4,
        website_visits: counted.5,
        open_booking: counted.6,
        tasks: counted.7,
        merges: counted.8,
        known: counted.9,
        folded: counted.10,
    })
}

fn event_payload() -> impl Strategy<Value = EventPayload> {
    let fields = any::<(Text, Text, Text, Text, Text)>().prop_map(
        |(user_id, email, first_name, last_name, phone)| ContactFields {
            user_id,
            email,
            first_name,
            last_name,
            phone,
        },
    );
    (any::<String>(), fields, of(money()), any::<Text>(), data()).prop_map(
        |(name, fields, amount, session_id, data)| EventPayload {
            name,
            fields,
            amount,
            session_id,
            data,
        },
    )
}

fn edit() -> impl Strategy<Value = ContactEdit> {
    let change = prop_oneof![money().prop_map(DealChange::Set), Just(DealChange::Clear)];
    (any::<(Text, Text, Text, Text, Text, Text)>(), of(change)).prop_map(|(texts, deal_value)| {
        let (email, first_name, last_name, phone, lead_source, lead_status) = texts;
        ContactEdit { email, first_name, last_name, phone, lead_source, lead_status, deal_value }
    })
}

/// Any fact.
pub(super) fn fact() -> impl Strategy<Value = ContactFact> {
    let action = prop_oneof![
        of(member()).prop_map(TaskAction::Assign),
        Just(TaskAction::Complete),
        Just(TaskAction::Reopen),
        of(member()).prop_map(TaskAction::Create),
        time().prop_map(TaskAction::Snooze),
    ];
    let comment = (member(), seed(), any::<String>(), vec(member(), 0..3))
        .prop_map(|(member, seed, text, mentions)| TaskComment { member, seed, text, mentions });
    let payload = prop_oneof![
        event_payload().prop_map(FactPayload::Event),
        (member(), edit()).prop_map(|(member, edit)| FactPayload::Edited { member, edit }),
        (member(), seed(), action).prop_map(|(member, seed, action)| FactPayload::Task {
            member,
            seed,
            action
        }),
        comment.prop_map(FactPayload::Comment),
    ];
    (event(), time(), vec(identity(), 0..3), payload).prop_map(
        |(id, occurred_at, identities, payload)| ContactFact {
            id,
            occurred_at,
            identities,
            payload,
        },
    )
}
