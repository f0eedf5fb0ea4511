//! A surface over a lake and tables with known rows, for two projects.

use std::sync::Arc;
use std::time::Duration;

use domain::event::{Category, Event};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{SqlType, SqlValue};
use engine::ports::sql::{Cell, Error, SqlSchema, SqlSurface, Statement, StatementResult};
use lake::{LakeSqlSurface, SqlOptions, WorkerProgram};
use tempfile::TempDir;
use testkit::fakes::sql_tables::FakeSqlTables;
use uuid::Uuid;

use crate::support::{Fixture, PROJECT, at, event};

/// The project whose rows nobody else may see; every text in them contains `SECRET`.
pub(crate) const OTHER: ProjectId = ProjectId(Uuid::from_u128(8));
/// Far more than a statement needs.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A surface, and the folders of its lake and of what statements spill.
pub(crate) struct SqlFixture {
    surface: LakeSqlSurface,
    pub(crate) fixture: Fixture,
    spill: TempDir,
}

/// The process that statements run in: this program, asked to run one test that is no test.
fn worker() -> WorkerProgram {
    let arguments = ["--exact", "sql::fixture::worker_process", "--ignored", "--nocapture"];
    let mut program = WorkerProgram::this(arguments.map(Into::into));
    // The C library's allocator reserves 64 MiB of addresses a thread otherwise.
    program.environment.push(("MALLOC_ARENA_MAX".into(), "2".into()));
    program
}

#[test]
#[ignore = "the process that statements run in; other tests start it"]
fn worker_process() {
    lake::run_sql_worker().expect("a server on the standard input");
}

impl SqlFixture {
    pub(crate) async fn over(events: Vec<Event>, tables: FakeSqlTables) -> Self {
        Self::with(events, tables, |options| options).await
    }

    /// With other options.
    pub(crate) async fn with(
        events: Vec<Event>,
        tables: FakeSqlTables,
        change: impl FnOnce(SqlOptions) -> SqlOptions,
    ) -> Self {
        let fixture = Fixture::holding(events).await;
        let lake = Arc::new(fixture.second().await);
        let spill = tempfile::tempdir().expect("a folder");
        let options = SqlOptions { timeout: TIMEOUT, ..SqlOptions::new(worker(), spill.path()) };
        let tables = Arc::new(tables);
        let surface = LakeSqlSurface::new(lake, tables.clone(), tables, change(options));
        Self { surface: surface.expect("threads"), fixture, spill }
    }

    /// The folders of the processes there are.
    pub(crate) fn processes(&self) -> usize {
        std::fs::read_dir(self.spill.path()).expect("the folder").count()
    }

    pub(crate) async fn try_ask(
        &self,
        project: ProjectId,
        text: &str,
    ) -> Result<StatementResult, Error> {
        let statement = Statement { text: text.to_owned(), limit: 1_000, ..Statement::default() };
        self.surface.run(project, statement).await
    }

    pub(crate) async fn schema(&self) -> SqlSchema {
        self.surface.schema().await.expect("a schema")
    }

    pub(crate) async fn run(&self, statement: Statement) -> Result<StatementResult, Error> {
        self.surface.run(PROJECT, statement).await
    }

    /// The rows, each as its cells with spaces between.
    pub(crate) async fn ask(&self, text: &str) -> Vec<String> {
        let answer = self.try_ask(PROJECT, text).await;
        shown(&answer.unwrap_or_else(|error| panic!("{error}: {error:?}\n{text}")))
    }

    /// The error.
    pub(crate) async fn diagnostic(&self, text: &str) -> String {
        match self.try_ask(PROJECT, text).await {
            Err(Error::Statement(diagnostic)) => diagnostic.to_string(),
            other => panic!("{other:?} is no diagnostic about\n{text}"),
        }
    }
}

/// The rows, each as its cells with spaces between.
pub(crate) fn shown(answer: &StatementResult) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Null => "null".to_owned(),
        Cell::Boolean(flag) => flag.to_string(),
        Cell::Integer(number) => number.to_string(),
        Cell::Double(number) => format!("{number:?}"),
        Cell::Decimal(text) | Cell::Text(text) => text.clone(),
        Cell::Timestamp(at) => at.to_rfc3339(),
    };
    let row = |row: &Vec<Cell>| row.iter().map(cell).collect::<Vec<_>>().join(" ");
    answer.rows.iter().map(row).collect()
}

/// A widget's event, `seconds` after midnight.
pub(crate) fn widget(number: u128, seconds: i64, name: &str, session: &str) -> Event {
    let properties = r#"{"widget_id":"w1","user_agent":"UA \"1\"","metadata":{"k":[1,"two"]}}"#;
    Event {
        session_id: Some(session.to_owned()),
        properties: Some(properties.to_owned()),
        ..event(number, seconds, Category::Widget, name)
    }
}

/// The same event as the other project has it.
pub(crate) fn foreign(event: Event) -> Event {
    Event {
        id: domain::id::EventId(Uuid::from_u128(event.id.0.as_u128() + 1_000)),
        project_id: OTHER,
        session_id: Some("SECRET".to_owned()),
        user_id: Some("SECRET".to_owned()),
        properties: Some(r#"{"widget_id":"SECRET","metadata":"SECRET"}"#.to_owned()),
        ..event
    }
}

/// `users` and `user_sessions` as the sessions' slice describes them, without rows.
pub(crate) fn empty_tables() -> FakeSqlTables {
    use SqlType::{Numeric, Text, TimestampTz, Uuid};
    let users = [("id", Text), ("email", Text), ("name", Text), ("registered_at", TimestampTz)];
    let sessions = [
        ("id", Uuid),
        ("user_id", Text),
        ("session_id", Text),
        ("started_at", TimestampTz),
        ("ended_at", TimestampTz),
    ];
    let orders = [("id", Text), ("user_id", Text), ("total_amount", Numeric), ("currency", Text)];
    FakeSqlTables::default()
        .with_table("users", &users, None)
        .with_table("user_sessions", &sessions, Some("started_at"))
        .with_table("orders", &orders, None)
}

/// A text.
pub(crate) fn text(text: &str) -> SqlValue {
    SqlValue::Text(text.to_owned())
}

/// A session of a user: when it began and ended, in seconds after midnight.
pub(crate) fn session(number: u128, user: &str, start: i64, end: Option<i64>) -> Vec<SqlValue> {
    let time = |at: Timestamp| SqlValue::Time(at);
    let ended = end.map_or(SqlValue::Null, |end| time(at(end)));
    let id = Uuid::from_u128(number).to_string();
    vec![text(&id), text(user), text(&format!("s{number}")), time(at(start)), ended]
}

/// A user.
pub(crate) fn user(id: &str, email: &str) -> Vec<SqlValue> {
    vec![text(id), text(email), text("Name"), SqlValue::Time(at(0))]
}
