//! The named tables: exactly the columns of their contract, and one project's rows.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches;
use domain::event::{Category, Event, Friction, Vitals};
use domain::id::ProjectId;
use uuid::Uuid;

use crate::support::{Fixture, PROJECT, event, friction};

async fn query(fixture: &Fixture, project: ProjectId, sql: &str) -> Vec<RecordBatch> {
    let views = fixture.lake.views(project).await.expect("views");
    views.sql(sql).await.expect("a plan").collect().await.expect("rows")
}

async fn columns(fixture: &Fixture, table: &str) -> Vec<String> {
    let views = fixture.lake.views(PROJECT).await.expect("views");
    let frame = views.table(table).await.expect("table");
    let fields = frame.schema().fields().iter();
    fields.map(|field| format!("{} {}", field.name(), field.data_type())).collect()
}

const TEXT: &str = "Utf8View";
const INSTANT: &str = "Timestamp(µs, \"UTC\")";

fn expected(columns: &[(&str, &str)]) -> Vec<String> {
    columns.iter().map(|(name, kind)| format!("{name} {kind}")).collect()
}

#[tokio::test]
async fn friction_events_has_the_columns_of_its_contract() {
    let fixture = Fixture::new().await;
    let texts = [
        "id",
        "session_id",
        "visitor_id",
        "user_id",
        "event_type",
        "element_selector",
        "element_text",
        "page_url",
        "error_message",
        "stack",
        "severity",
        "screenshot_url",
        "metadata",
    ];
    let mut all: Vec<_> = texts.into_iter().map(|name| (name, TEXT)).collect();
    all.push(("created_at", INSTANT));
    assert_eq!(columns(&fixture, "friction_events").await, expected(&all));
}

#[tokio::test]
async fn heatmap_data_has_the_columns_of_its_contract() {
    let fixture = Fixture::new().await;
    let all = [
        ("id", TEXT),
        ("session_id", TEXT),
        ("interaction_type", TEXT),
        ("x", "Int32"),
        ("y", "Int32"),
        ("element_x", "Float64"),
        ("element_y", "Float64"),
        ("element_selector", TEXT),
        ("page_url", TEXT),
        ("viewport_width", "Int32"),
        ("viewport_height", "Int32"),
        ("document_width", "Int32"),
        ("document_height", "Int32"),
        ("created_at", INSTANT),
    ];
    assert_eq!(columns(&fixture, "heatmap_data").await, expected(&all));
}

#[tokio::test]
async fn page_performance_metrics_has_the_columns_of_its_contract() {
    let fixture = Fixture::new().await;
    let all = [
        ("id", TEXT),
        ("session_id", TEXT),
        ("page_url", TEXT),
        ("load_time", "Float64"),
        ("first_contentful_paint", "Float64"),
        ("time_to_interactive", "Float64"),
        ("largest_contentful_paint", "Float64"),
        ("interaction_to_next_paint", "Float64"),
        ("cumulative_layout_shift", "Float64"),
        ("time_to_first_byte", "Float64"),
        ("created_at", INSTANT),
    ];
    assert_eq!(columns(&fixture, "page_performance_metrics").await, expected(&all));
}

#[tokio::test]
async fn user_behavior_has_the_columns_of_its_contract() {
    let fixture = Fixture::new().await;
    let all = [
        ("id", TEXT),
        ("user_id", TEXT),
        ("behavior_type", TEXT),
        ("property_id", TEXT),
        ("session_id", TEXT),
        ("page_url", TEXT),
        ("referrer", TEXT),
        ("user_agent", TEXT),
        ("duration_seconds", "Float64"),
        ("search_query", TEXT),
        ("filters", TEXT),
        ("metadata", TEXT),
        ("created_at", INSTANT),
    ];
    assert_eq!(columns(&fixture, "user_behavior").await, expected(&all));
}

#[tokio::test]
async fn widget_analytics_has_the_columns_of_its_contract() {
    let fixture = Fixture::new().await;
    let texts =
        ["id", "widget_id", "event_type", "session_id", "page_url", "user_agent", "metadata"];
    let mut all: Vec<_> = texts.into_iter().map(|name| (name, TEXT)).collect();
    all.push(("timestamp", INSTANT));
    assert_eq!(columns(&fixture, "widget_analytics").await, expected(&all));
}

#[tokio::test]
async fn every_field_of_an_event_is_in_its_own_column() {
    let mut click = event(1, 5, Category::Heatmap, "click");
    click.session_id = Some("s".into());
    click.page.url = Some("https://shop.test/".into());
    click.element.selector = Some("#e".into());
    (click.element.x, click.element.y) = (Some(1), Some(2));
    (click.element.element_x, click.element.element_y) = (Some(0.25), Some(0.5));
    (click.element.viewport_width, click.element.viewport_height) = (Some(3), Some(4));
    (click.element.document_width, click.element.document_height) = (Some(5), Some(6));
    let mut error = event(2, 6, Category::Friction, "javascript_error");
    error.user_id = Some("u".into());
    error.visitor_id = Some("v".into());
    error.friction = Some(Friction {
        error_message: Some("message".into()),
        stack: Some("stack".into()),
        severity: Some("high".into()),
        screenshot_url: Some("shot".into()),
        error_group: Some("group".into()),
    });
    error.properties = Some(r#"{"a":1}"#.into());
    let mut load = event(3, 7, Category::Performance, "page_performance");
    load.vitals = Some(Vitals {
        load_time: Some(1.0),
        first_contentful_paint: Some(2.0),
        time_to_interactive: Some(3.0),
        largest_contentful_paint: Some(4.0),
        interaction_to_next_paint: Some(5.0),
        cumulative_layout_shift: Some(0.5),
        time_to_first_byte: Some(6.0),
    });
    let fixture = Fixture::holding(vec![click, error, load]).await;
    let row = async |sql: &str| {
        let table = pretty_format_batches(&query(&fixture, PROJECT, sql).await).expect("table");
        let text = table.to_string();
        let line = text.lines().nth(3).expect("a row").to_owned();
        line.split_whitespace().filter(|word| *word != "|").collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        row("SELECT * FROM heatmap_data").await,
        "00000000-0000-0000-0000-000000000001 s click 1 2 0.25 0.5 #e https://shop.test/ 3 4 5 6 \
         2026-11-20T00:00:05Z"
    );
    assert_eq!(
        row("SELECT * FROM friction_events").await,
        "00000000-0000-0000-0000-000000000002 v u javascript_error message stack high shot \
         {\"a\":1} 2026-11-20T00:00:06Z"
    );
    assert_eq!(
        row("SELECT * FROM page_performance_metrics").await,
        "00000000-0000-0000-0000-000000000003 1.0 2.0 3.0 4.0 5.0 0.5 6.0 2026-11-20T00:00:07Z"
    );
}

#[tokio::test]
async fn a_view_shows_one_project_without_bots() {
    let kind = domain::friction::Kind::RageClick;
    let other = ProjectId(Uuid::from_u128(8));
    let foreign = Event { project_id: other, ..friction(2, 2, kind, "#theirs", "s") };
    let bot = Event { bot: Some("rule".into()), ..friction(3, 3, kind, "#bot", "s") };
    let fixture = Fixture::holding(vec![friction(1, 1, kind, "#ours", "s"), foreign, bot]).await;
    let sql = "SELECT element_selector FROM friction_events WHERE metadata = '{}'";
    for (project, expected) in [(PROJECT, "#ours"), (other, "#theirs")] {
        let rows = query(&fixture, project, sql).await;
        let text = pretty_format_batches(&rows).expect("table").to_string();
        assert_eq!(text.lines().filter(|line| line.contains('#')).count(), 1, "{text}");
        assert!(text.contains(expected), "{text}");
    }
}
