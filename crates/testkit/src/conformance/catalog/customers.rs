//! Customers in pages, by text and period, and their tokens.

use domain::customer_fact::{CustomerAction, CustomerFact};
use domain::event::Device;
use domain::session::{EndReason, ObservationKind, SessionObservation};
use domain::time::Timestamp;
use engine::ports::catalog::{
    CustomerCursor, CustomerQuery, CustomerToken, SessionFigures, SessionGroup, SessionTotals,
    SortBy,
};

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};
use super::sessions::{all, at, everything, fact, observation, purchase, sessions_of};

/// Every sort key, both directions, pages of two: those without a value last, ties by id.
pub async fn pages_follow_each_other_in_the_order_asked_for<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let mut facts = Vec::new();
    for (number, user) in (1_u128..).zip(["e", "B", "ü", "a", "d", "c"]) {
        facts.push(fact(user, 0, number, CustomerAction::Other));
        if number % 2 == 0 {
            facts.push(fact(
                user,
                i64::try_from(number / 4).unwrap(),
                number,
                CustomerAction::Registration,
            ));
        }
    }
    ports.sessions.apply(&[], &facts, 1).await.unwrap();
    for (sort_by, is_descending, expected) in [
        (SortBy::Sessions, false, ["B", "a", "c", "d", "e", "ü"]),
        (SortBy::Orders, true, ["B", "a", "c", "d", "e", "ü"]),
        (SortBy::Registered, false, ["B", "a", "c", "d", "e", "ü"]),
        (SortBy::Registered, true, ["a", "c", "B", "d", "e", "ü"]),
        (SortBy::LastLogin, true, ["B", "a", "c", "d", "e", "ü"]),
    ] {
        let mut query = CustomerQuery { limit: 2, ..all(sort_by, is_descending) };
        let mut found = Vec::new();
        loop {
            let page = ports.customers.page(project_id(1), &query).await.unwrap();
            let Some(last) = page.last() else { break };
            let key = match sort_by {
                SortBy::Registered => last.registered_at.map(Timestamp::micros),
                SortBy::LastLogin => None,
                _ => Some(0),
            };
            query.after = Some(CustomerCursor { key, user_id: last.user_id.clone() });
            found.extend(page.into_iter().map(|row| row.user_id));
        }
        assert_eq!(found, expected, "{sort_by:?} {is_descending}");
    }
}

/// Search takes its text as it is written; the period looks at the latest event.
pub async fn customers_are_found_by_text_and_period<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let facts = [
        fact("100%", 0, 1, CustomerAction::Other),
        fact("1000", 10, 2, CustomerAction::Other),
        CustomerFact { name: Some("Zoë_X".to_owned()), ..fact("z", 20, 3, CustomerAction::Other) },
    ];
    ports.sessions.apply(&[], &facts, 1).await.unwrap();
    let found = async |search: Option<&str>, active_since| {
        let query = CustomerQuery {
            search: search.map(str::to_owned),
            active_since,
            ..all(SortBy::Sessions, false)
        };
        let page = ports.customers.page(project_id(1), &query).await.unwrap();
        page.into_iter().map(|row| row.user_id).collect::<Vec<_>>()
    };
    assert_eq!(found(Some("00%"), None).await, ["100%"]);
    assert_eq!(found(Some("zOË_"), None).await, ["z"]);
    assert_eq!(found(Some("SHOP.TEST"), Some(at(10))).await, ["1000", "z"]);
}

/// Nothing of one project shows in another.
pub async fn customers_of_another_project_are_unknown<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let order = fact("u", 0, 1, CustomerAction::Order(purchase("o", 1)));
    let foreign = CustomerFact { project_id: project_id(2), ..order.clone() };
    let seen = [observation("s", "u", 0, ObservationKind::Start)];
    ports.sessions.apply(&seen, &[order, foreign], 1).await.unwrap();
    for project in [project_id(1), project_id(2)] {
        let row = ports.customers.customer(project, "u").await.unwrap().unwrap();
        assert_eq!(row.total_orders, 1, "the same order id in two projects");
    }
    assert_eq!(sessions_of(&ports, project_id(2), "u").await, []);
    assert_eq!(ports.customers.customer(project_id(9), "u").await.unwrap(), None);
    assert_eq!(everything(&ports, project_id(9)).await, []);
}

/// Five sessions of three customers, worked by hand: 10, 20 and 3 minutes, one of a moment, and one that
/// goes on.
pub async fn sessions_are_timed_and_counted_by_device_and_browser<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let mut seen = Vec::new();
    for (session, user, begins, minutes, device, browser) in [
        ("a", "asha", 0, Some(10), Some("mobile"), Some("Chrome")),
        ("b", "asha", 100, Some(20), Some("desktop"), Some("Firefox")),
        ("c", "baraka", 100, Some(3), Some("mobile"), Some("Safari")),
        ("d", "baraka", 200, Some(0), None, None),
        ("e", "chausiku", 300, None, Some("mobile"), Some("Chrome")),
    ] {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let device = Device { kind: text(device), browser: text(browser), ..Device::default() };
        let mut see = |at, kind| {
            let device = device.clone();
            seen.push(SessionObservation { device, ..observation(session, user, at, kind) });
        };
        see(begins, ObservationKind::Start);
        if let Some(minutes) = minutes {
            see(begins + minutes, ObservationKind::End(EndReason::SignOut));
        }
    }
    let foreign = SessionObservation { project_id: project_id(2), ..seen[0].clone() };
    ports.sessions.apply(&[seen, vec![foreign]].concat(), &[], 1).await.unwrap();
    let figures =
        async |since| ports.customers.session_figures(project_id(1), since).await.unwrap();
    let minutes = |sessions, ended, minutes: u64| SessionTotals {
        sessions,
        ended,
        ended_ms: minutes * 60_000,
    };
    let named = |groups: &[SessionGroup]| -> Vec<(Option<String>, SessionTotals)> {
        groups.iter().map(|group| (group.name.clone(), group.totals)).collect()
    };
    let name = |name: &str| Some(name.to_owned());

    let ever = figures(None).await;
    assert_eq!(ever.total, minutes(5, 4, 33));
    assert_eq!(ever.total.average_ms(), Some(495_000.0), "8 min 15 s");
    assert_eq!(
        named(&ever.devices),
        [
            (name("mobile"), minutes(3, 2, 13)),
            (None, minutes(1, 1, 0)),
            (name("desktop"), minutes(1, 1, 20))
        ]
    );
    assert_eq!(
        named(&ever.browsers),
        [
            (name("Chrome"), minutes(2, 1, 10)),
            (None, minutes(1, 1, 0)),
            (name("Firefox"), minutes(1, 1, 20)),
            (name("Safari"), minutes(1, 1, 3)),
        ]
    );
    let lately = figures(Some(at(200))).await;
    assert_eq!(lately.total, minutes(2, 1, 0), "those that began since then");
    assert_eq!(
        named(&lately.devices),
        [(None, minutes(1, 1, 0)), (name("mobile"), minutes(1, 0, 0))]
    );
    assert_eq!(lately.devices[1].totals.average_ms(), None, "it goes on");
    let none = ports.customers.session_figures(project_id(9), None).await.unwrap();
    assert_eq!(none, SessionFigures::default());
}

/// A token opens one customer's row until it expires.
pub async fn a_customers_token_is_valid_until_it_expires<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let token = CustomerToken {
        token_digest: [7; 32],
        project_id: project_id(1),
        user_id: "u".to_owned(),
        created_at: NOON,
        expires_at: at(60),
    };
    ports.customers.add_token(token.clone()).await.unwrap();
    assert_eq!(ports.customers.token(&[7; 32], at(59)).await.unwrap(), Some(token));
    assert_eq!(ports.customers.token(&[7; 32], at(60)).await.unwrap(), None);
    assert_eq!(ports.customers.token(&[8; 32], at(0)).await.unwrap(), None);
}
