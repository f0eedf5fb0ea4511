//! The contracts' statements, word by word, with answers worked by hand.

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::id::EventId;
use engine::ports::catalog::SqlValue;
use engine::ports::sql::{Cell, Column, Error, Statement};

use uuid::Uuid;

use super::fixture::{
    OTHER, SqlFixture, empty_tables, foreign, session, shown, text, user, widget,
};
use crate::support::{PROJECT, event, friction};

const DAY: i64 = 86_400;

/// Contract 2, word by word.
const BILLING: &str = "
    SELECT widget_id, session_id,
      MIN(CASE WHEN event_type = 'call_start' THEN timestamp END) AS start_time,
      MAX(CASE WHEN event_type = 'call_end' THEN timestamp END) AS end_time,
      EXTRACT(EPOCH FROM (MAX(CASE WHEN event_type = 'call_end' THEN timestamp END)
                        - MIN(CASE WHEN event_type = 'call_start' THEN timestamp END))) AS duration_seconds
    FROM widget_analytics WHERE event_type IN ('call_start', 'call_end')
    GROUP BY widget_id, session_id;";

#[tokio::test]
async fn the_billing_query_of_contract_2_runs_word_by_word() {
    let mut end = widget(2, 190, "call_end", "a");
    // 90.25 s after its start.
    end.occurred_at = end.occurred_at.plus_micros(250_000);
    let events = vec![
        widget(1, 100, "call_start", "a"),
        end,
        widget(3, 50, "widget_load", "a"),
        widget(4, 300, "call_start", "b"),
        foreign(widget(5, 0, "call_start", "a")),
        foreign(widget(6, DAY - 1, "call_end", "a")),
    ];
    let fixture = SqlFixture::over(events, empty_tables()).await;
    let mut rows = fixture.ask(BILLING).await;
    rows.sort();
    assert_eq!(
        rows,
        [
            "w1 a 2026-11-20T00:01:40Z 2026-11-20T00:03:10.250Z 90.25",
            "w1 b 2026-11-20T00:05:00Z null null",
        ]
    );
}

/// 30 minutes are inferred for both; one call turns out to have ended after 60 s.
#[tokio::test]
async fn a_real_end_counts_instead_of_the_inferred_one_which_stays_visible() {
    let inferred = |number, session: &str| {
        let started = crate::support::at(100).micros();
        Event {
            properties: Some(format!(
                r#"{{"widget_id":"w1","metadata":{{"inferred":true}},"inferred":{{"started_at_micros":{started},"end_source":"timeout"}}}}"#
            )),
            ..widget(number, 100 + 1_800, "call_end", session)
        }
    };
    let events = vec![
        widget(1, 100, "call_start", "a"),
        inferred(2, "a"),
        widget(3, 160, "call_end", "a"),
        widget(4, 100, "call_start", "b"),
        inferred(5, "b"),
    ];
    let fixture = SqlFixture::over(events, empty_tables()).await;
    let mut rows = fixture.ask(BILLING).await;
    rows.sort();
    assert_eq!(
        rows,
        [
            "w1 a 2026-11-20T00:01:40Z 2026-11-20T00:02:40Z 60.0",
            "w1 b 2026-11-20T00:01:40Z 2026-11-20T00:31:40Z 1800.0",
        ]
    );
    let visible = "SELECT session_id, event_type FROM widget_analytics
        WHERE metadata->>'inferred' = 'true' ORDER BY session_id";
    assert_eq!(fixture.ask(visible).await, ["a call_end_superseded", "b call_end"]);
}

/// The clock stands at 2026-11-21T12:00, 36 hours after the fixtures' midnight.
fn metrics() -> testkit::fakes::sql_tables::FakeSqlTables {
    let other = super::fixture::OTHER;
    empty_tables()
        .with_row(PROJECT, "users", user("u1", "one@shop.test"))
        .with_row(PROJECT, "users", user("u2", "two@shop.test"))
        .with_row(other, "users", user("u1", "SECRET@shop.test"))
        // 10 minutes, 5.5 minutes, active, and one of 30 minutes that began 8 days ago.
        .with_row(PROJECT, "user_sessions", session(1, "u1", 0, Some(600)))
        .with_row(PROJECT, "user_sessions", session(2, "u2", 100, Some(430)))
        .with_row(PROJECT, "user_sessions", session(3, "u2", 200, None))
        .with_row(PROJECT, "user_sessions", session(4, "u1", -7 * DAY, Some(1_800 - 7 * DAY)))
        .with_row(other, "user_sessions", session(5, "u1", 0, None))
}

#[tokio::test]
async fn the_session_end_rate_of_contract_5_is_right() {
    let fixture = SqlFixture::over(Vec::new(), metrics()).await;
    let rate = "SELECT
          COUNT(*) AS total_sessions,
          COUNT(*) FILTER (WHERE ended_at IS NOT NULL) AS ended_sessions,
          ROUND(100.0 * COUNT(*) FILTER (WHERE ended_at IS NOT NULL) / COUNT(*), 2) AS end_rate
        FROM user_sessions;";
    assert_eq!(fixture.ask(rate).await, ["4 3 75.0"]);
}

/// (10 + 5.5 + 30) / 3 = 15.1666…
#[tokio::test]
async fn the_average_duration_of_contract_5_is_right() {
    let fixture = SqlFixture::over(Vec::new(), metrics()).await;
    let average = "SELECT AVG(EXTRACT(EPOCH FROM (ended_at - started_at)) / 60) AS avg_minutes
        FROM user_sessions WHERE ended_at IS NOT NULL;";
    let minutes: f64 = fixture.ask(average).await[0].parse().expect("a number");
    assert!((minutes - 45.5 / 3.0).abs() < 1e-9, "{minutes}");
    let rounded = "SELECT ROUND(AVG(EXTRACT(EPOCH FROM (ended_at - started_at)) / 60)::numeric, 2)
        FROM user_sessions";
    assert_eq!(fixture.ask(rounded).await, ["15.17"]);
}

#[tokio::test]
async fn the_most_active_users_of_contract_5_are_right() {
    let fixture = SqlFixture::over(Vec::new(), metrics()).await;
    let active = "SELECT u.id, u.email, COUNT(*) AS session_count
        FROM user_sessions s JOIN users u ON u.id = s.user_id
        WHERE s.started_at >= NOW() - INTERVAL '7 days'
        GROUP BY u.id, u.email ORDER BY session_count DESC, u.id LIMIT 10;";
    assert_eq!(fixture.ask(active).await, ["u2 two@shop.test 2", "u1 one@shop.test 1"]);
    fixture.fixture.clock.advance_seconds(7 * DAY);
    assert_eq!(fixture.ask(active).await, [""; 0], "now is the injected clock's");
}

#[tokio::test]
async fn behaviour_is_read_from_its_properties() {
    let mut search = event(1, 5, Category::Behavior, "search");
    search.user_id = Some("u".into());
    search.value = Some(1.5);
    search.bot = Some("curl".into());
    search.properties = Some(
        r#"{"property_id":"p9","search_query":"sea \"view\"","filters":{"beds":2},"user_agent":"UA"}"#
            .into(),
    );
    let fixture = SqlFixture::over(vec![search], empty_tables()).await;
    assert_eq!(
        fixture.ask("SELECT * FROM user_behavior").await,
        ["00000000-0000-0000-0000-000000000001 u search p9 null null null UA 1.5 sea \"view\" \
          {\"beds\":2} {} 2026-11-20T00:00:05Z"]
    );
    let pieces = "SELECT filters->>'beds', filters->'beds', metadata->>'x', filters->0,
        '[1,2,3]' -> -1, '{\"a\":null}'->>'a', 'no json'->>'a' FROM user_behavior";
    assert_eq!(fixture.ask(pieces).await, ["2 2 null null 3 null null"]);
    assert_eq!(
        fixture.ask("SELECT bot, properties->>'property_id' FROM events").await,
        ["curl p9"]
    );
}

#[tokio::test]
async fn money_counts_and_sums_are_exact() {
    let order = |id: &str, hundredths| {
        vec![text(id), text("u"), SqlValue::Numeric(hundredths), text("TZS")]
    };
    let tables = empty_tables().with_row(PROJECT, "orders", order("o1", 15_000_010)).with_row(
        PROJECT,
        "orders",
        order("o2", 20),
    );
    let fixture = SqlFixture::over(Vec::new(), tables).await;
    let sums = "SELECT total_amount, sum(total_amount) OVER () FROM orders ORDER BY id LIMIT 1";
    assert_eq!(fixture.ask(sums).await, ["150000.10 150000.30"]);
    assert_eq!(fixture.ask("SELECT count(*) FROM orders").await, ["2"]);
    assert_eq!(fixture.ask("SELECT count(*) FROM widget_analytics").await, ["0"]);
}

#[tokio::test]
async fn answers_name_their_columns_and_stop_at_the_limit() {
    let events = (0..5).map(|number| widget(number, 1, "widget_load", "s")).collect();
    let fixture = SqlFixture::over(events, empty_tables()).await;
    let statement = |limit| {
        Statement {
        text: "SELECT id, x, value, occurred_at, true AS t, interval '1 day' AS i, 1::numeric(4,2) AS n
               FROM events ORDER BY id"
            .to_owned(),
        limit,
        ..Statement::default()
    }
    };
    let all = fixture.run(statement(5)).await.expect("an answer");
    assert_eq!((all.rows.len(), all.is_truncated), (5, false));
    let some = fixture.run(statement(2)).await.expect("an answer");
    assert_eq!((some.rows.len(), some.is_truncated), (2, true));
    let kinds = ["uuid", "integer", "double precision", "timestamptz", "boolean", "interval"];
    let found: Vec<&str> = all.columns.iter().map(|Column { kind, .. }| &**kind).collect();
    assert_eq!(found[..6], kinds);
    assert_eq!(found[6], "numeric(4,2)");
    assert_eq!(all.columns[3].name, "occurred_at");
}

#[tokio::test]
async fn parameters_are_values_by_number_or_by_name() {
    let fixture =
        SqlFixture::over(vec![widget(1, 1, "widget_load", "s' OR 1=1")], empty_tables()).await;
    let run = async |text: &str, parameters: &[(&str, Cell)]| {
        let parameters = parameters.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone()));
        let parameters = parameters.collect();
        let statement = Statement { text: text.to_owned(), parameters, limit: 10 };
        shown(&fixture.run(statement).await.expect("an answer"))
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let by_number = "SELECT count(*) FROM events WHERE session_id = $1 AND occurred_at > $2";
    let since = ("2", text("2026-11-20T00:00:00Z"));
    assert_eq!(run(by_number, &[("1", text("s' OR 1=1")), since.clone()]).await, ["1"]);
    assert_eq!(run(by_number, &[("1", text("' OR '1'='1")), since]).await, ["0"]);
    let by_name = "SELECT $n + 1, session_id FROM events WHERE session_id = $session";
    let named = [("n", Cell::Integer(41)), ("session", text("s' OR 1=1"))];
    assert_eq!(run(by_name, &named).await, ["42 s' OR 1=1"]);
}

/// A timestamp is one also where nothing compares it; ten values and more stand by their numbers.
#[tokio::test]
async fn parameters_keep_their_types_and_numbers() {
    let fixture = SqlFixture::over(vec![widget(1, 90, "widget_load", "s")], empty_tables()).await;
    let run = async |text: &str, parameters: Vec<(String, Cell)>| {
        let statement = Statement { text: text.to_owned(), parameters, limit: 10 };
        shown(&fixture.run(statement).await.expect("an answer"))
    };
    let since = ("since".to_owned(), Cell::Timestamp(crate::support::at(0)));
    let age = "SELECT EXTRACT(EPOCH FROM occurred_at - $since), $since FROM events";
    assert_eq!(run(age, vec![since]).await, ["90.0 2026-11-20T00:00:00Z"]);
    let numbers = (1..=12).rev().map(|number| (number.to_string(), Cell::Integer(number)));
    assert_eq!(run("SELECT $2, $10, $12", numbers.collect()).await, ["2 10 12"]);
}

#[tokio::test]
async fn a_parameter_without_a_value_is_named_where_it_stands() {
    let fixture = SqlFixture::over(Vec::new(), empty_tables()).await;
    for (text, parameters, name, at) in [
        ("SELECT 1\nFROM events WHERE id = $wanted", vec![], "$wanted", (2, 24)),
        ("SELECT $a, $b", vec![("a".to_owned(), Cell::Integer(1))], "$b", (1, 12)),
        ("SELECT (SELECT max(id) FROM events WHERE name = $2)", vec![], "$2", (1, 49)),
    ] {
        let statement = Statement { text: text.to_owned(), parameters, limit: 10 };
        let Err(Error::Statement(diagnostic)) = fixture.run(statement).await else {
            panic!("{text} has an answer")
        };
        assert_eq!(diagnostic.detail, format!("the parameter {name} has no value"));
        assert_eq!(diagnostic.at, Some(at), "{text}");
    }
}

/// Values are bound before functions are checked: neither a parameter nor arithmetic is a way around the bounds of one.
#[tokio::test]
async fn a_parameter_of_a_function_is_bounded_like_a_literal() {
    let fixture = SqlFixture::over(Vec::new(), empty_tables()).await;
    for (call, centroids, reason) in [
        ("approx_percentile_cont(seq, 0.5, CAST($centroids AS BIGINT))", 200, None),
        ("approx_percentile_cont(seq, 0.5, 10001)", 1, Some("centroids at most")),
        (
            "approx_percentile_cont(seq, 0.5, CAST($centroids AS BIGINT))",
            1_000_000_000,
            Some("centroids at most"),
        ),
        (
            "approx_percentile_cont_with_weight(seq, seq, 0.5, CAST($centroids AS BIGINT))",
            1_000_000_000,
            Some("centroids at most"),
        ),
        (
            "approx_percentile_cont(seq, 0.5, CAST($centroids AS BIGINT) * 1000)",
            1_000_000,
            Some("centroids as a number"),
        ),
    ] {
        let parameters = vec![("centroids".to_owned(), Cell::Integer(centroids))];
        let statement = Statement {
            text: format!("SELECT {call}, $centroids FROM events"),
            parameters,
            limit: 10,
        };
        match (fixture.run(statement).await, reason) {
            (Ok(_), None) => {}
            (Err(Error::Statement(diagnostic)), Some(reason)) => {
                assert!(diagnostic.detail.contains(reason), "{call}: {}", diagnostic.detail);
            }
            (answer, _) => panic!("{call}: {:?}", answer.err()),
        }
    }
}

#[tokio::test]
async fn the_schema_names_every_table_with_the_types_of_its_columns() {
    let fixture = SqlFixture::over(Vec::new(), empty_tables()).await;
    let schema = fixture.schema().await;
    let names: Vec<&str> = schema.tables.iter().map(|table| &*table.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    for table in &schema.tables {
        let described = fixture.ask(&format!("DESCRIBE {}", table.name)).await;
        assert_eq!(described.len(), table.columns.len(), "{}", table.name);
    }
    let events = schema.tables.iter().find(|table| table.name == "events").expect("events");
    let kind = |name: &str| {
        events.columns.iter().find(|column| column.name == name).map(|column| &*column.kind)
    };
    assert_eq!(kind("id"), Some("uuid"));
    assert_eq!(kind("occurred_at"), Some("timestamptz"));
    assert_eq!(kind("properties"), Some("json"));
    let functions = schema.functions.iter().flat_map(|group| &group.names);
    let called: Vec<&&str> = functions.filter(|name| **name == "date_trunc").collect();
    assert_eq!(called.len(), 1);
}

#[tokio::test]
async fn events_name_the_pictures_that_came_after_them() {
    let mut screenshot_event = friction(2, 20, Kind::DeadClick, "#told", "s");
    screenshot_event.friction.get_or_insert_default().screenshot_url =
        Some("https://shop.test/own".to_owned());
    let events = vec![
        friction(1, 10, Kind::RageClick, "#pictured", "s"),
        screenshot_event,
        friction(3, 30, Kind::DeadClick, "#bare", "s"),
        foreign(friction(4, 40, Kind::DeadClick, "#foreign", "s")),
    ];
    let id = |number| EventId(Uuid::from_u128(number));
    let tables = empty_tables()
        .with_screenshot(PROJECT, id(1), "/pictures/1")
        .with_screenshot(PROJECT, id(1_004), "/pictures/SECRET")
        .with_screenshot(OTHER, id(3), "/pictures/SECRET");
    let fixture = SqlFixture::over(events, tables).await;
    for table in ["friction_events", "events"] {
        let every = format!("SELECT screenshot_url, element_selector FROM {table} ORDER BY id");
        let expected = ["/pictures/1 #pictured", "https://shop.test/own #told", "null #bare"];
        assert_eq!(fixture.ask(&every).await, expected);
        // Whichever columns are asked for, and wherever the picture is asked about.
        for (text, expected) in [
            ("SELECT element_selector FROM t WHERE screenshot_url = '/pictures/1'", "#pictured"),
            ("SELECT element_selector FROM t WHERE screenshot_url IS NULL", "#bare"),
            ("SELECT count(screenshot_url) FROM t", "2"),
            ("SELECT screenshot_url FROM t WHERE element_selector = '#pictured'", "/pictures/1"),
            ("SELECT screenshot_url FROM t ORDER BY id LIMIT 1", "/pictures/1"),
            ("SELECT max(a.screenshot_url) FROM t a JOIN t b USING (id)", "https://shop.test/own"),
        ] {
            let text = text.replace(" t", &format!(" {table}"));
            assert_eq!(fixture.ask(&text).await, [expected], "{text}");
        }
    }
    let whole =
        fixture.ask("SELECT * FROM friction_events WHERE element_selector = '#pictured'").await;
    assert!(whole.iter().all(|row| row.contains(" /pictures/1 ")), "{whole:?}");
}
