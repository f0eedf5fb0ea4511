//! Known answers: how fast pages feel.

use domain::event::{Category, Event, Vitals};
use domain::vitals::Metric;
use engine::ports::lake::LakeQuestions;

use crate::support::{Fixture, all, day, event};

fn load(number: u128, path: &str, vitals: Vitals) -> Event {
    let mut event = event(number, 10, Category::Performance, "page_performance");
    event.page.path = Some(path.into());
    event.vitals = Some(vitals);
    event
}

fn paint(number: u128, path: &str, millis: f64) -> Event {
    load(number, path, Vitals { largest_contentful_paint: Some(millis), ..Vitals::default() })
}

#[tokio::test]
async fn the_75th_percentile_lies_between_samples_and_limits_belong_to_the_better_side() {
    let fixture = Fixture::holding(vec![
        paint(1, "/", 1_000.0),
        paint(2, "/", 2_500.0),
        paint(3, "/", 4_000.0),
        paint(4, "/slow", 4_001.0),
        load(5, "/", Vitals { cumulative_layout_shift: Some(0.05), ..Vitals::default() }),
        load(
            6,
            "/other",
            Vitals {
                load_time: Some(9.0),
                time_to_interactive: Some(5_000.0),
                ..Vitals::default()
            },
        ),
    ])
    .await;
    let vitals = fixture.lake.web_vitals(&day(), all()).await.expect("answer");
    assert_eq!(vitals.metrics.iter().map(|m| m.metric).collect::<Vec<_>>(), Metric::ALL);
    let paint = &vitals.metrics[0];
    // Rank 0.75 × 3 = 2.25: a quarter of the way from 4000 to 4001.
    assert_eq!(paint.p75, Some(4_000.25));
    assert_eq!((paint.samples, paint.good, paint.poor), (4, 2, 1));
    let inputs = &vitals.metrics[1];
    assert_eq!((inputs.p75, inputs.samples, inputs.good, inputs.poor), (None, 0, 0, 0));
    assert_eq!(vitals.metrics[2].p75, Some(0.05));
    let interactive = &vitals.metrics[5];
    assert_eq!((interactive.p75, interactive.good, interactive.poor), (Some(5_000.0), 0, 0));
    // No limits of the load time are published.
    let load_time = &vitals.metrics[6];
    assert_eq!((load_time.p75, load_time.good, load_time.poor), (Some(9.0), 0, 0));

    let rows: Vec<_> = vitals.pages.iter().map(|p| (&*p.path, p.samples, p.p75)).collect();
    let expected = [
        ("/", 4, [Some(3_250.0), None, Some(0.05), None, None, None, None]),
        ("/other", 1, [None, None, None, None, None, Some(5_000.0), Some(9.0)]),
        ("/slow", 1, [Some(4_001.0), None, None, None, None, None, None]),
    ];
    assert_eq!(rows, expected);
}

#[tokio::test]
async fn an_empty_lake_has_metrics_without_samples() {
    let fixture = Fixture::new().await;
    let vitals = fixture.lake.web_vitals(&day(), all()).await.expect("answer");
    assert_eq!(vitals.metrics.len(), 7);
    assert!(vitals.metrics.iter().all(|m| m.p75.is_none() && m.samples == 0));
    assert!(vitals.pages.is_empty());
}
