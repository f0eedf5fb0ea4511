//! Diagnostics: message, position and suggestions.

use super::fixture::{SqlFixture, empty_tables, widget};

#[tokio::test]
async fn a_diagnostic_has_the_position_and_the_closest_names() {
    let fixture = SqlFixture::over(vec![widget(1, 1, "call_start", "s")], empty_tables()).await;
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
        assert_eq!(fixture.diagnostic(text).await, expected, "{text}");
    }
    let cast = fixture.diagnostic("SELECT CAST(session_id AS BIGINT) FROM events").await;
    assert!(cast.contains("'s'"), "{cast}");
}
