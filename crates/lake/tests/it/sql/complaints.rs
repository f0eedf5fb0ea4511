//! What is wrong, where, and what may have been meant.

use std::sync::Arc;
use std::time::Duration;

use engine::ports::sql::{Error, SqlSurface, Statement};
use lake::{Lake, Options, Surface};

use super::given::{Asked, empty_tables, widget};
use crate::support::{Fixture, PROJECT};

#[tokio::test]
async fn a_complaint_points_at_the_place_and_names_what_is_near() {
    let asked = Asked::over(vec![widget(1, 1, "call_start", "s")], empty_tables()).await;
    for (text, expected) in [
        (
            "SELECT sesion_id\nFROM widget_analytics",
            "line 1, column 8: there is no column sesion_id; did you mean session_id?",
        ),
        (
            "SELECT id\nFROM widget_analytic",
            "line 2, column 6: there is no table widget_analytic; did you mean widget_analytics?",
        ),
        (
            "SELECT id,\n  uper(session_id) FROM events",
            "line 2, column 3: there is no function uper; did you mean upper?",
        ),
        ("SELECT )", "line 1, column 8: Expected: an expression, found: )"),
        (
            "SELECT e.nam FROM events e",
            "line 1, column 10: there is no column e.nam; did you mean name?",
        ),
        (
            "SELECT id FROM events a JOIN events b ON true",
            "line 1, column 8: id is a column of several tables",
        ),
        ("SELECT 1 / 0 FROM events", "division by zero"),
        ("SELECT 1; SELECT 2", "only one statement can be run at a time"),
    ] {
        assert_eq!(asked.complaint(text).await, expected, "{text}");
    }
    let cast = asked.complaint("SELECT CAST(session_id AS BIGINT) FROM events").await;
    assert!(cast.contains("'s'"), "{cast}");
}

#[tokio::test]
async fn a_statement_ends_at_its_limits_of_time_and_memory() {
    let fixture = Fixture::new().await;
    let options = Options { query_memory_bytes: 64 << 20, ..fixture.options.clone() };
    let lake = Lake::open(options, fixture.clock.clone(), fixture.ids.clone()).await.expect("open");
    let lake = Arc::new(lake);
    let run = async |timeout, text: &str| {
        let tables = Arc::new(empty_tables());
        let surface = Surface::new(lake.clone(), tables.clone(), tables, timeout);
        let surface = surface.expect("threads");
        let statement = Statement { text: text.to_owned(), limit: 10, ..Statement::default() };
        surface.run(PROJECT, statement).await
    };
    let endless =
        "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b
        WHERE a.value * b.value = 7";
    for endless in [endless, &endless.replace("a.value * b.value = 7", "a.value % 1 = b.value % 1")]
    {
        let ended = run(Duration::from_millis(500), endless).await;
        assert!(matches!(ended, Err(Error::Limit { limit: "time" })), "{ended:?}");
    }
    let large = "SELECT array_agg(value) FROM generate_series(1, 10000000)";
    let ended = run(Duration::from_mins(5), large).await;
    assert!(matches!(ended, Err(Error::Limit { limit: "memory" })), "{ended:?}");
}
