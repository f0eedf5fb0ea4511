//! Writing: what survives, what conflicts, and what a crash leaves.

use std::sync::Arc;

use domain::id::IdSource;
use domain::question::{Filters, Scope};
use engine::ports::lake::{Error, LakeQuestions, LakeWriter};
use engine::record::EventBatch;
use lake::Lake;
use testkit::ids::CountingIds;

use crate::support::{Fixture, at, day, scope, view};

async fn events(lake: &Lake) -> u64 {
    lake.overview(&scope(-86_400 * 3, 86_400)).await.expect("answer").totals.events
}

#[tokio::test]
async fn a_write_is_seen_by_the_next_question_and_by_the_next_process() {
    let fixture = Fixture::new().await;
    assert_eq!(fixture.lake.position().await.expect("position"), 0);
    fixture.lake.write(vec![view(1, 1, "v", "s", "/")].into(), 5).await.expect("write");
    assert_eq!(events(&fixture.lake).await, 1);
    assert_eq!(fixture.lake.position().await.expect("position"), 5);
    let reopened = fixture.second().await;
    assert_eq!(reopened.position().await.expect("position"), 5);
    assert_eq!(events(&reopened).await, 1);
    assert_eq!(reopened.stats().await.expect("stats"), fixture.lake.stats().await.expect("stats"));
}

#[tokio::test]
async fn events_of_several_months_are_one_commit_of_a_file_a_month() {
    let fixture = Fixture::new().await;
    let before = fixture.lake.stats().await.expect("stats");
    let several = vec![
        view(1, 1, "v", "s", "/"),
        view(2, -1, "v", "s", "/"),
        view(3, 2, "v", "s", "/"),
        view(4, -90_000, "v", "s", "/"),
        view(5, -25 * 86_400, "v", "s", "/"),
    ];
    fixture.lake.write(several.into(), 4).await.expect("write");
    let after = fixture.lake.stats().await.expect("stats");
    assert_eq!((after.version - before.version, after.files, after.rows), (1, 2, 5));
    assert!(fixture.folder.path().join("events/month=2026-11-01").is_dir());
    assert_eq!(events(&fixture.lake).await, 4);
}

#[tokio::test]
async fn without_events_only_the_position_moves() {
    let fixture = Fixture::new().await;
    fixture.lake.write(EventBatch::default(), 9).await.expect("write");
    assert_eq!(fixture.second().await.position().await.expect("position"), 9);
    let version = fixture.lake.stats().await.expect("stats").version;
    fixture.lake.write(EventBatch::default(), 9).await.expect("nothing to do");
    assert_eq!(fixture.lake.stats().await.expect("stats").version, version);
}

#[tokio::test]
async fn a_position_is_written_once_and_never_goes_back() {
    let fixture = Fixture::new().await;
    let one = || vec![view(1, 1, "v", "s", "/")];
    fixture.lake.write(one().into(), 5).await.expect("write");
    for position in [5, 4] {
        let again = fixture.lake.write(one().into(), position).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    }
    assert!(matches!(fixture.lake.write(EventBatch::default(), 4).await, Err(Error::Conflict)));
    assert_eq!(events(&fixture.lake).await, 1);
    assert_eq!(fixture.lake.position().await.expect("position"), 5);
}

#[tokio::test]
async fn the_second_of_two_writers_conflicts_and_then_sees_the_commit() {
    let fixture = Fixture::new().await;
    // Its file names begin elsewhere, as those of another process do.
    let ids = Arc::new(CountingIds::default());
    for _ in 0..1_000 {
        ids.next(at(0));
    }
    let late = Lake::open(fixture.options.clone(), fixture.clock.clone(), ids).await.expect("open");
    fixture.lake.write(vec![view(1, 1, "v", "s", "/")].into(), 5).await.expect("write");
    let refused = late.write(vec![view(2, 2, "v", "s", "/")].into(), 7).await;
    assert!(matches!(refused, Err(Error::Conflict)), "{refused:?}");
    assert_eq!(late.position().await.expect("position"), 5);
    assert_eq!(events(&late).await, 1);
    late.write(vec![view(2, 2, "v", "s", "/")].into(), 7).await.expect("on top of the other's");
    assert_eq!(events(&late).await, 2);
    assert_eq!(events(&fixture.lake).await, 1);
}

#[tokio::test]
async fn a_file_no_commit_names_is_not_seen() {
    let fixture = Fixture::holding(vec![view(1, 1, "v", "s", "/")]).await;
    let folder = fixture.folder.path().join("events/month=2026-11-01");
    let written = std::fs::read_dir(&folder).expect("list").next().expect("a file").expect("entry");
    std::fs::copy(written.path(), folder.join("stray.parquet")).expect("copy");
    std::fs::write(folder.join("torn.parquet"), b"PAR1").expect("write");
    assert_eq!(events(&fixture.lake).await, 1);
    assert_eq!(events(&fixture.second().await).await, 1);
}

#[tokio::test]
async fn a_question_is_refused_when_it_takes_too_long() {
    let fixture = Fixture::holding(vec![view(1, 1, "v", "s", "/")]).await;
    let options =
        lake::Options { question_timeout: std::time::Duration::ZERO, ..fixture.options.clone() };
    let hurried =
        Lake::open(options, fixture.clock.clone(), fixture.ids.clone()).await.expect("open");
    let refused = hurried.overview(&day()).await;
    assert!(matches!(refused, Err(Error::Limit { limit: "time" })), "{refused:?}");
}

#[tokio::test]
async fn a_question_is_refused_when_it_needs_too_much_memory() {
    let fixture = Fixture::new().await;
    let many = (0..20_000).map(|n| view(n, 1, &format!("v{n}"), &format!("s{n}"), "/")).collect();
    fixture.write(many).await;
    let options = lake::Options { query_memory_bytes: 100_000, ..fixture.options.clone() };
    let small =
        Lake::open(options, fixture.clock.clone(), fixture.ids.clone()).await.expect("open");
    let scope = Scope { filters: Filters::default(), ..day() };
    let refused = small.overview(&scope).await;
    assert!(matches!(refused, Err(Error::Limit { limit: "memory" })), "{refused:?}");
}

#[tokio::test]
async fn questions_go_on_while_events_are_written() {
    let fixture = Fixture::new().await;
    let writing = async {
        for n in 0..20 {
            fixture.write(vec![view(n, 1, "v", "s", "/")]).await;
        }
    };
    let asking = async {
        let mut seen = 0;
        for _ in 0..20 {
            let now = events(&fixture.lake).await;
            assert!(now >= seen, "{now} after {seen}");
            seen = now;
        }
    };
    tokio::join!(writing, asking);
    assert_eq!(events(&fixture.lake).await, 20);
}
