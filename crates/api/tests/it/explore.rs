//! `GET …/acquisition`, `…/journeys` and `…/visitor-retention`: which parameters are read. Their figures are tested with the
//! lake.

use crate::harness::TestServer;

#[tokio::test]
async fn parameters_that_can_be_read_ask_the_lake() {
    let server = TestServer::start().await;
    for query in [
        "acquisition",
        "acquisition?by=&limit=1000&entry_path=/&exit_path=/a&referrer=x&utm_source=a&utm_medium=b",
        "acquisition?by=viewport&utm_campaign=c&city=d&path=/&country=TZ&include_bots=true",
        "engagement",
        "engagement?path=/&device=mobile&entry_path=/a&utm_source=a&include_bots=true",
        "goal-conversions",
        "goal-conversions?path=/&entry_path=/a&include_bots=true",
        "journeys",
        "journeys?direction=back&start=/pay&by=kind&steps=8&top=20&utm_source=a",
        "journeys?direction=forward&start=&steps=2&top=3",
        "visitor-retention",
        "visitor-retention?unit=month&first=conversion&return=conversion&device=mobile",
        "visitor-retention?unit=week&from=2025-01-01T00:00:00Z&include_bots=true",
        "visitor-retention?by=&first=conversion",
        "visitor-retention?by=channel&value=search&country=TZ",
        "visitor-retention?by=utm_campaign&value=",
        "visitor-retention?by=country&value=",
    ] {
        let answer = server.get(&format!("/api/projects/{{project}}/{query}")).await;
        // There is no lake in this test.
        assert_eq!(answer.status, 503, "{query}: {}", answer.text);
    }
}

#[tokio::test]
async fn parameters_that_make_no_question_are_refused_by_their_field() {
    let server = TestServer::start().await;
    for (query, status, field) in [
        ("acquisition?by=region", 400, "by"),
        ("acquisition?by=channel&cursor=x", 400, "cursor"),
        ("acquisition?from=yesterday", 400, "from"),
        ("engagement?from=yesterday", 400, "from"),
        ("engagement?friction_kind=anger", 400, "friction_kind"),
        ("goal-conversions?to=tomorrow", 400, "to"),
        ("journeys?direction=up", 400, "direction"),
        ("journeys?by=title", 400, "by"),
        ("journeys?steps=1", 422, "steps"),
        ("journeys?steps=9", 422, "steps"),
        ("journeys?top=2", 422, "top"),
        ("journeys?top=4000000000", 422, "top"),
        ("visitor-retention?unit=hour", 400, "unit"),
        ("visitor-retention?first=order", 400, "first"),
        ("visitor-retention?return=order", 400, "return"),
        ("visitor-retention?unit=day&from=2025-01-01T00:00:00Z", 422, "unit"),
        ("visitor-retention?by=region", 400, "by"),
        ("visitor-retention?by=channel&value=luck", 400, "value"),
        ("visitor-retention?value=KE", 422, "value"),
        (&format!("visitor-retention?by=utm_campaign&value={}", "x".repeat(2_049)), 400, "value"),
    ] {
        let answer = server.get(&format!("/api/projects/{{project}}/{query}")).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text);
        assert_eq!(answer.json()["field"], field, "{query}: {}", answer.text);
    }
}
