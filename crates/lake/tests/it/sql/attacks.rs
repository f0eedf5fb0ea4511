//! Statements of an attacker: none of them ends more than itself.

use std::time::Duration;

use engine::ports::sql::Error;
use fuzz::{Random, sql};
use lake::SqlOptions;

use super::fixture::{SqlFixture, empty_tables, widget};
use crate::support::PROJECT;

/// With little time and memory, so that what uses all of it is ended soon.
async fn fixture() -> SqlFixture {
    let little = |options| SqlOptions {
        memory_bytes: 160 << 20,
        timeout: Duration::from_secs(5),
        ..options
    };
    SqlFixture::with(vec![widget(1, 1, "call_start", "s")], empty_tables(), little).await
}

/// What once stopped the whole server, or made it hold gigabytes.
#[tokio::test]
async fn statements_that_overflow_stack_or_memory_end_alone() {
    let fixture = fixture().await;
    let ctes = {
        let levels = (1..16).map(|n| format!("t{n} AS (SELECT x||x||x||x AS x FROM t{})", n - 1));
        let levels: Vec<String> = levels.collect();
        format!("WITH t0 AS (SELECT 'x' AS x), {} SELECT length(x) FROM t15", levels.join(", "))
    };
    let cube: Vec<String> = (0..24).map(|n| format!("value + {n}")).collect();
    let cube =
        format!("SELECT count(*) FROM generate_series(1, 9) GROUP BY CUBE ({})", cube.join(","));
    for text in [
        format!("SELECT 1{}", "+1".repeat(2_000)),
        format!("SELECT 1{}", "+1".repeat(990)),
        format!("{}SELECT 1", "EXPLAIN ".repeat(500)),
        format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(2_000)),
        format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(60)),
        ctes,
        cube,
        format!("SELECT {}1{}", "abs(".repeat(40), ")".repeat(40)),
        format!("SELECT {}1{}", "abs(".repeat(12), ")".repeat(12)),
        format!("SELECT {}1{}", "coalesce(NULL,".repeat(12), ")".repeat(12)),
        "SELECT approx_percentile_cont(value, 0.5, 999999999999) FROM generate_series(1, 9)"
            .to_owned(),
        "SELECT array_agg(value) OVER () FROM generate_series(1, 100000)".to_owned(),
        "SELECT array_to_string(array_agg(md5(value::text)), ',') FROM generate_series(1, 9000000)"
            .to_owned(),
    ] {
        let shown: String = text.chars().take(80).collect();
        match fixture.try_ask(PROJECT, &text).await {
            Ok(_) | Err(Error::Statement(_) | Error::Limit { .. }) => {}
            Err(other) => panic!("{other:?}: {shown}"),
        }
        assert_eq!(fixture.ask("SELECT count(*) FROM events").await, ["1"], "after {shown}");
    }
}

#[tokio::test]
async fn what_the_library_would_pass_over_is_refused() {
    let fixture = fixture().await;
    for (text, expected) in [
        ("SELECT * FROM events TABLESAMPLE BERNOULLI (10)", "TABLESAMPLE"),
        ("SELECT * FROM events TABLESAMPLE SYSTEM (0)", "TABLESAMPLE"),
        ("SELECT * FROM (SELECT 1) TABLESAMPLE SYSTEM (0)", "TABLESAMPLE"),
        ("SELECT * FROM events FETCH FIRST 10 PERCENT ROWS ONLY", "PERCENT"),
        ("SELECT * FROM events ORDER BY id FETCH FIRST 1 ROWS WITH TIES", "WITH TIES"),
        ("SHOW FUNCTIONS LIKE 'x'' OR 1=1 --'", "SHOW FUNCTIONS"),
        ("EXPLAIN EXPLAIN SELECT 1", "EXPLAIN"),
        ("SELECT 1 IS DISTINCT FROM 2 AND false", "brackets"),
        ("SELECT name FROM events WHERE name IS NOT DISTINCT FROM 'x' OR true", "brackets"),
    ] {
        let diagnostic = fixture.diagnostic(text).await;
        assert!(diagnostic.contains(expected), "{text}: {diagnostic}");
    }
    for (text, expected) in [
        ("SELECT (1 IS DISTINCT FROM 2) AND false", "false"),
        ("SELECT 1 IS DISTINCT FROM (true AND false)::int", "true"),
        ("SELECT 1 WHERE 1 IS NOT DISTINCT FROM 1", "1"),
    ] {
        assert_eq!(fixture.ask(text).await, [expected], "{text}");
    }
}

#[tokio::test]
async fn a_bad_pattern_or_argument_is_the_statements_fault() {
    let fixture = fixture().await;
    for text in [
        "SELECT regexp_like('x', '(')",
        "SELECT regexp_replace(session_id, '[', '') FROM events",
        "SELECT regexp_like('x', repeat)",
        "SELECT approx_percentile_cont(value, 0.5, 999999999999) FROM generate_series(1, 9)",
        "SELECT date_trunc('nonsense', now())",
        "SELECT to_timestamp('nonsense')",
        "SELECT arrow_cast(1, 'Nonsense')",
        "SELECT decode('zz', 'hex')",
        "SELECT chr(-1)",
        "SELECT * FROM generate_series(1, 10, 0)",
        "SELECT ntile(0) OVER () FROM events",
        "SELECT nth_value(id, -9223372036854775808) OVER () FROM events",
        "SELECT lag(id, -9223372036854775808) OVER () FROM events",
        "SELECT factorial(1000)",
        "SELECT -9223372036854775808 / -1",
        "SELECT 9223372036854775807 + value FROM generate_series(1, 2)",
        "SELECT interval '999999999999 years' + now()",
        "SELECT power(10, 400)::bigint",
        "SELECT substr('x', 1, -1)",
        "SELECT to_char(now(), '%Q%!')",
    ] {
        match fixture.try_ask(PROJECT, text).await {
            Ok(_) | Err(Error::Statement(_)) => {}
            Err(other) => panic!("{other:?}: {text}"),
        }
    }
}

#[tokio::test]
async fn random_statements_of_an_attacker_end_nothing_but_themselves() {
    let seed = 20_261_122;
    let fixture = fixture().await;
    let mut random = Random::from_seed(seed);
    let mut answered = 0;
    for number in 0..60 {
        let text = sql::statement(&mut random);
        let shown: String = text.chars().take(300).collect();
        match fixture.try_ask(PROJECT, &text).await {
            Ok(_) => answered += 1,
            Err(Error::Statement(_) | Error::Limit { .. }) => {}
            Err(other) => panic!("{other:?}: statement {number} of seed {seed}: {shown}"),
        }
    }
    assert!(answered > 0, "all were refused: nothing was tried");
    assert_eq!(fixture.ask("SELECT count(*) FROM events").await, ["1"]);
}
