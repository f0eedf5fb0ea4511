//! Isolation: no statement reaches another project's rows, the files, or anything that can be changed.

use engine::ports::sql::Error;

use super::fixture::{OTHER, SqlFixture, empty_tables, foreign, session, shown, user, widget};
use crate::support::{PROJECT, event, friction, view};

/// Every table has one row of ours and one of the other project.
async fn both() -> SqlFixture {
    let behavior = |number, name| event(number, 9, domain::event::Category::Behavior, name);
    let kind = domain::friction::Kind::RageClick;
    let events = [
        widget(1, 10, "call_start", "ours"),
        behavior(2, "search"),
        friction(3, 11, kind, "#ours", "s1"),
        view(4, 12, "v", "s", "/"),
        event(5, 13, domain::event::Category::Performance, "page_performance"),
    ];
    let foreign = events.clone().map(foreign);
    let tables = empty_tables()
        .with_row(PROJECT, "users", user("ours", "ours@shop.test"))
        .with_row(OTHER, "users", user("SECRET", "SECRET"))
        .with_row(PROJECT, "user_sessions", session(1, "ours", 0, None))
        .with_row(OTHER, "user_sessions", session(2, "SECRET", 0, None));
    SqlFixture::over(events.into_iter().chain(foreign).collect(), tables).await
}

const TABLES: [&str; 7] = [
    "user_behavior",
    "widget_analytics",
    "friction_events",
    "heatmap_data",
    "page_performance_metrics",
    "users",
    "user_sessions",
];

#[tokio::test]
async fn every_table_shows_its_own_project_however_it_is_named() {
    let fixture = both().await;
    for table in TABLES {
        let upper = table.to_uppercase();
        for form in [
            format!("SELECT * FROM {table}"),
            format!("SELECT * FROM {upper}"),
            format!("SELECT * FROM \"{table}\""),
            format!("SELECT * FROM public.{table}"),
            format!("TABLE {table}"),
            format!("SELECT t.* FROM {table} t /* WHERE */ -- comment"),
            format!("SELECT * FROM (SELECT * FROM {table}) AS t"),
            format!("WITH t AS (SELECT * FROM {table}) SELECT * FROM t"),
            format!("SELECT * FROM {table} UNION SELECT * FROM {table}"),
            format!("SELECT * FROM {table} WHERE true OR 1 = 1"),
            format!("SELECT * FROM {table} NATURAL JOIN {table} AS other"),
            format!("SELECT * FROM {table} WHERE id IN (SELECT id FROM {table})"),
            format!(
                "SELECT * FROM {table} t WHERE EXISTS (SELECT 1 FROM {table} o WHERE o.id = t.id)"
            ),
            format!("SELECT t.* FROM {table} t, LATERAL (SELECT t.id) AS o"),
            format!("WITH {table} AS (SELECT * FROM {table}) SELECT * FROM {table}"),
            format!(
                "WITH RECURSIVE t AS (SELECT id FROM {table} UNION ALL
                     SELECT o.id FROM {table} o JOIN t ON t.id = o.id WHERE false) SELECT * FROM t"
            ),
        ] {
            // A form that cannot be run tells nothing either.
            if let Ok(answer) = fixture.try_ask(PROJECT, &form).await {
                let rows = shown(&answer);
                assert!(rows.len() <= 1, "{form}: {rows:?}");
                assert!(!rows.concat().contains("SECRET"), "{form}: {rows:?}");
            }
        }
        let count = format!("SELECT count(*) FROM {table}");
        assert_eq!(fixture.ask(&count).await, ["1"], "{table}");
        let foreign = fixture.try_ask(OTHER, &count).await.expect("an answer");
        assert_eq!(shown(&foreign), ["1"], "{table}");
    }
    assert_eq!(fixture.ask("SELECT count(*) FROM events").await, ["5"]);
    let by_session = "SELECT count(*) FROM events WHERE session_id = 'SECRET'";
    assert_eq!(fixture.ask(by_session).await, ["0"]);
}

/// Error messages quote the failing value, so an expression must never see another project's.
#[tokio::test]
async fn no_error_reveals_a_value_of_another_project() {
    let fixture = both().await;
    for expression in [
        "CAST(session_id AS BIGINT) > 0",
        "session_id::timestamp > now()",
        "1 / (CASE WHEN session_id = 'SECRET' THEN 0 ELSE 1 END) = 1",
        "session_id = 'ours' OR CAST(session_id AS BIGINT) = 1",
        "arrow_cast(user_id, 'Int8') = 1",
        "regexp_like('x', CASE WHEN user_id = 'SECRET' THEN '(' ELSE 'x' END)",
    ] {
        for form in [
            format!("SELECT id FROM widget_analytics WHERE session_id <> 'ours' AND {expression}"),
            format!("SELECT id FROM events WHERE name = 'none' AND {expression}"),
            format!("SELECT count(*) FROM events WHERE name = 'none' GROUP BY {expression}"),
            format!("SELECT id FROM users u JOIN events e ON u.id = e.user_id AND {expression}"),
        ] {
            let error = match fixture.try_ask(PROJECT, &form).await {
                Ok(answer) => shown(&answer).concat(),
                Err(Error::Statement(diagnostic)) => diagnostic.detail.replace(expression, ""),
                Err(other) => panic!("{other:?}: {form}"),
            };
            assert!(!error.contains("SECRET"), "{form}: {error}");
            assert!(!error.contains("division by zero"), "{form}: {error}");
        }
    }
}

#[tokio::test]
async fn plans_reveal_neither_files_nor_row_counts_of_others() {
    let fixture = both().await;
    for explain in ["EXPLAIN", "EXPLAIN VERBOSE", "EXPLAIN ANALYZE", "EXPLAIN ANALYZE VERBOSE"] {
        let plan =
            fixture.ask(&format!("{explain} SELECT * FROM events WHERE x > 1")).await.concat();
        assert!(plan.contains("TableScan"), "{plan}");
        for hidden in ["parquet", "project_id", "month=", "DataSource", "row_groups"] {
            assert!(!plan.contains(hidden), "{explain}: {hidden} in {plan}");
        }
    }
}

#[tokio::test]
async fn only_the_tables_are_listed_and_described() {
    let fixture = both().await;
    let listed = "SELECT table_name FROM information_schema.tables
        WHERE table_schema = 'public' ORDER BY 1";
    let mut names: Vec<String> = TABLES.map(str::to_owned).to_vec();
    names.extend(["events".to_owned(), "orders".to_owned()]);
    names.sort();
    assert_eq!(fixture.ask(listed).await, names);
    assert!(fixture.ask("SHOW TABLES").await.concat().contains("user_behavior"));
    let columns = "SELECT column_name FROM information_schema.columns WHERE table_name = 'users'
        ORDER BY ordinal_position";
    assert_eq!(fixture.ask(columns).await, ["id", "email", "name", "registered_at"]);
    assert_eq!(fixture.ask("DESCRIBE users").await.len(), 4);
    assert_eq!(fixture.ask("SHOW COLUMNS FROM users").await.len(), 4);
    assert!(fixture.ask("SHOW FUNCTIONS").await.len() > 50);
    let views = fixture.ask("SELECT definition FROM information_schema.views").await.concat();
    assert!(!views.contains("project_id"), "{views}");
    let columns = fixture.ask("SELECT column_name FROM information_schema.columns").await;
    for hidden in ["project_id", "visitor_hash", "session_hash"] {
        assert!(!columns.iter().any(|column| column == hidden), "{hidden}");
    }
}

#[tokio::test]
async fn nothing_but_reading_the_tables_can_be_asked() {
    let fixture = both().await;
    let folder = fixture.fixture.folder.path().display().to_string();
    for text in [
        "",
        ";",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE events",
        "INSERT INTO users VALUES ('x', 'x', 'x', now())",
        "WITH t AS (SELECT 1) INSERT INTO users SELECT * FROM users",
        "SELECT * INTO stolen FROM users",
        "UPDATE users SET id = 'x'",
        "DELETE FROM users",
        "TRUNCATE users",
        "DROP TABLE users",
        "DROP VIEW events",
        "CREATE TABLE t AS SELECT * FROM users",
        "CREATE VIEW users AS SELECT 1",
        "CREATE SCHEMA s",
        "CREATE DATABASE d",
        "CREATE FUNCTION f() RETURNS INT RETURN 1",
        &format!("CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION '{folder}'"),
        &format!("COPY users TO '{folder}/x.csv'"),
        &format!("COPY (SELECT 1) TO '{folder}/x.csv' STORED AS CSV"),
        &format!("EXPLAIN COPY users TO '{folder}/x.csv'"),
        "EXPLAIN INSERT INTO users SELECT * FROM users",
        "EXPLAIN ANALYZE DELETE FROM users",
        "SET datafusion.execution.batch_size = 1",
        "SET search_path = other",
        "RESET datafusion.execution.batch_size",
        "SHOW ALL",
        "SHOW datafusion.runtime.temp_directory",
        "SHOW CREATE TABLE events",
        "PREPARE p AS SELECT * FROM users",
        "EXECUTE p",
        "DEALLOCATE p",
        "BEGIN",
        "COMMIT",
        "USE other",
        "CALL f()",
        "GRANT ALL ON users TO x",
        "SELECT * FROM users FOR UPDATE",
        "VACUUM",
        "ANALYZE users",
    ] {
        let diagnostic = fixture.diagnostic(text).await;
        assert!(!diagnostic.contains("SECRET"), "{text}: {diagnostic}");
    }
    let files: Vec<_> = std::fs::read_dir(fixture.fixture.folder.path()).expect("folder").collect();
    assert_eq!(files.len(), 1, "nothing was written");
}

#[tokio::test]
async fn no_other_table_function_or_variable_can_be_named() {
    let fixture = both().await;
    let folder = fixture.fixture.folder.path().join("events").display().to_string();
    for text in [
        &*format!("SELECT * FROM delta_scan('{folder}')"),
        &format!("SELECT * FROM read_parquet('{folder}')"),
        &format!("SELECT * FROM parquet_metadata('{folder}')"),
        &format!("SELECT * FROM '{folder}'"),
        &format!("SELECT * FROM \"{folder}\""),
        "SELECT * FROM \"lake://events\"",
        "SELECT * FROM 'https://example.com/x.parquet'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT input_file_name() FROM events",
        "SELECT * FROM information_schema.df_settings",
        "SELECT * FROM information_schema.\"df_settings\"",
        "SELECT * FROM footfall.information_schema.df_settings",
        "SELECT * FROM other.events",
        "SELECT * FROM other.public.events",
        "SELECT * FROM footfall.public.events",
        "SELECT * FROM datafusion.public.events",
        "SELECT * FROM pg_catalog.pg_tables",
        "SELECT * FROM api_keys",
        "SELECT project_id FROM events",
        "SELECT visitor_hash FROM events",
        "SELECT day FROM events",
        "SELECT @@version",
        "SELECT repeat('x', 2000000000)",
        "SELECT range(0, 1000000000000)",
    ] {
        let error = match fixture.try_ask(PROJECT, text).await {
            Err(Error::Statement(diagnostic)) => diagnostic.to_string(),
            other => panic!("{other:?} is no diagnostic about\n{text}"),
        };
        assert!(!error.contains("SECRET"), "{text}: {error}");
    }
    let series = fixture.ask("SELECT * FROM generate_series(1, 3)").await;
    assert_eq!(series, ["1", "2", "3"]);
}
