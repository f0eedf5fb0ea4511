//! A statement ends at its limits, and takes nothing with it but the process it ran in.

use std::time::Duration;

use engine::ports::sql::{Error, Statement};
use lake::SqlOptions;

use super::fixture::{OTHER, SqlFixture, empty_tables, shown, widget};
use crate::support::PROJECT;

async fn fixture() -> SqlFixture {
    SqlFixture::over(vec![widget(1, 1, "call_start", "s")], empty_tables()).await
}

/// Whether a next statement is answered.
async fn goes_on(fixture: &SqlFixture) -> bool {
    fixture.ask("SELECT count(*) FROM events").await == ["1"]
}

fn limit(ended: &Result<engine::ports::sql::StatementResult, Error>) -> Option<&'static str> {
    match ended {
        Err(Error::Limit { limit }) => Some(limit),
        _ => None,
    }
}

#[tokio::test]
async fn a_statement_that_computes_without_end_is_ended_at_its_deadline() {
    let timeout = Duration::from_secs(1);
    let short = |options| SqlOptions { timeout, ..options };
    let fixture =
        SqlFixture::with(vec![widget(1, 1, "call_start", "s")], empty_tables(), short).await;
    let pairs = "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b
        WHERE a.value * b.value = 7";
    for endless in [pairs, &pairs.replace("a.value * b.value = 7", "a.value % 1 = b.value % 1")] {
        let ended = fixture.try_ask(PROJECT, endless).await;
        assert_eq!(limit(&ended), Some("time"), "{ended:?}");
    }
    // A process that has not started in that time is one too slow to test with.
    let longer = |options| SqlOptions { timeout: Duration::from_mins(1), ..options };
    let fixture =
        SqlFixture::with(vec![widget(1, 1, "call_start", "s")], empty_tables(), longer).await;
    assert!(goes_on(&fixture).await);
}

#[tokio::test]
async fn memory_that_no_operator_accounts_for_ends_the_statement_alone() {
    let little = |options| SqlOptions { memory_bytes: 128 << 20, ..options };
    let fixture =
        SqlFixture::with(vec![widget(1, 1, "call_start", "s")], empty_tables(), little).await;
    for large in [
        "SELECT array_agg(value) FROM generate_series(1, 30000000)",
        "SELECT length(string_agg(md5(value::text), '')) FROM generate_series(1, 30000000)",
        "SELECT array_agg(value) OVER () FROM generate_series(1, 100000)",
        "SELECT length(replace(replace(replace(replace(replace(
            'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
            'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'), 'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
            'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'), 'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'))",
    ] {
        let ended = fixture.try_ask(PROJECT, large).await;
        assert_eq!(limit(&ended), Some("memory"), "{large}: {ended:?}");
        assert!(goes_on(&fixture).await);
    }
}

/// Groups more than fits in a process that has `MEMORY`.
const GROUPS: &str = "SELECT count(*) FROM
    (SELECT md5(value::text) AS k, count(*) AS n FROM generate_series(1, 1500000) GROUP BY 1)
    WHERE n > 0";
const MEMORY: u64 = 192 << 20;

#[tokio::test]
async fn what_does_not_fit_is_spilled_and_the_spill_is_bounded() {
    let memory = |options| SqlOptions { memory_bytes: MEMORY, ..options };
    let fixture = SqlFixture::with(Vec::new(), empty_tables(), memory).await;
    assert_eq!(fixture.ask(GROUPS).await, ["1500000"]);
    let little = |options| SqlOptions { memory_bytes: MEMORY, spill_bytes: 1 << 20, ..options };
    let fixture = SqlFixture::with(Vec::new(), empty_tables(), little).await;
    let ended = fixture.try_ask(PROJECT, GROUPS).await;
    assert!(matches!(limit(&ended), Some("memory" | "disk")), "{ended:?}");
    assert_eq!(fixture.ask("SELECT 1").await, ["1"]);
}

#[tokio::test]
async fn nothing_is_spilled_to_a_disk_that_is_low() {
    let low =
        |options| SqlOptions { memory_bytes: MEMORY, min_free_bytes: u64::MAX / 2, ..options };
    let fixture = SqlFixture::with(Vec::new(), empty_tables(), low).await;
    let ended = fixture.try_ask(PROJECT, GROUPS).await;
    assert_eq!(limit(&ended), Some("memory"), "{ended:?}");
}

#[tokio::test]
async fn an_answer_is_bounded_in_rows_and_bytes() {
    let fixture = fixture().await;
    let statement =
        |text: &str, limit| Statement { text: text.to_owned(), limit, ..Statement::default() };
    let series = "SELECT value FROM generate_series(1, 100000)";
    let answer = fixture.run(statement(series, 10)).await.expect("an answer");
    assert!(answer.is_truncated);
    assert_eq!(shown(&answer), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    let all = fixture.run(statement(series, 100_000)).await.expect("an answer");
    assert_eq!((all.rows.len(), all.is_truncated), (100_000, false));
    let wide = "SELECT replace('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')
        || value::text FROM generate_series(1, 100000)";
    let ended = fixture.run(statement(wide, 100_000)).await;
    assert_eq!(limit(&ended), Some("answer size"), "{ended:?}");
    assert!(goes_on(&fixture).await);
}

/// Each has its own, and keeps it for its next statement.
#[tokio::test]
async fn a_process_serves_one_project() {
    let fixture = fixture().await;
    assert_eq!(fixture.processes(), 0, "none is started before it is needed");
    fixture.ask("SELECT 1").await;
    fixture.ask("SELECT 2").await;
    assert_eq!(fixture.processes(), 1);
    fixture.try_ask(OTHER, "SELECT 1").await.expect("an answer");
    assert_eq!(fixture.processes(), 2);
}

#[tokio::test]
async fn processes_end_when_idle_and_leave_nothing() {
    let idle = |options| SqlOptions { idle: Duration::ZERO, ..options };
    let fixture = SqlFixture::with(Vec::new(), empty_tables(), idle).await;
    fixture.ask("SELECT 1").await;
    let deadline = std::time::Instant::now() + Duration::from_secs(30);
    while fixture.processes() > 0 {
        assert!(std::time::Instant::now() < deadline, "the folder stays");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_cancelled_statement_ends_its_process() {
    let fixture = fixture().await;
    fixture.ask("SELECT 1").await;
    let endless =
        "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b
        WHERE a.value * b.value = 7";
    let running = fixture.try_ask(PROJECT, endless);
    assert!(tokio::time::timeout(Duration::from_millis(300), running).await.is_err());
    let deadline = std::time::Instant::now() + Duration::from_secs(30);
    while fixture.processes() > 0 {
        assert!(std::time::Instant::now() < deadline, "the process goes on");
        tokio::task::yield_now().await;
    }
    assert!(goes_on(&fixture).await);
}
