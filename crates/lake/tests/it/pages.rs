//! Known answers: which pages visitors see.

use domain::friction::Kind;
use domain::question::PageRange;
use engine::ports::lake::LakeQuestions;

use crate::support::{Fixture, all, day, friction, view};

#[tokio::test]
async fn pages_come_by_views_then_by_path() {
    let mut without_path = view(9, 9, "v1", "s1", "/");
    without_path.page.path = None;
    let fixture = Fixture::holding(vec![
        view(1, 1, "v1", "s1", "/b"),
        view(2, 2, "v1", "s1", "/b"),
        view(3, 3, "v1", "s2", "/b"),
        view(4, 4, "v2", "s3", "/a"),
        view(5, 5, "v2", "s3", "/"),
        view(6, -6 * 86_400 - 5, "v2", "s4", "/a"),
        view(7, -6 * 86_400 - 5, "v2", "s4", "/gone"),
        friction(8, 8, Kind::RageClick, "#x", "s1"),
        without_path,
    ])
    .await;
    let pages = fixture.lake.pages(&day(), all()).await.expect("answer");
    let rows: Vec<_> = pages
        .pages
        .iter()
        .map(|p| (&*p.path, p.views, p.previous_views, p.visitors, p.sessions, p.friction))
        .collect();
    let expected = [("/b", 3, 0, 1, 2, 0), ("/", 1, 0, 1, 1, 1), ("/a", 1, 1, 1, 1, 0)];
    assert_eq!(rows, expected);
    assert_eq!(pages.total, 3);

    let second = fixture.lake.pages(&day(), PageRange::new(1, 1)).await.expect("answer");
    assert_eq!((&*second.pages[0].path, second.total), ("/", 3));
    let past = fixture.lake.pages(&day(), PageRange::new(5, 1)).await.expect("answer");
    assert_eq!((past.pages.len(), past.total), (0, 3));
}

#[tokio::test]
async fn an_empty_lake_has_no_pages() {
    let fixture = Fixture::new().await;
    let pages = fixture.lake.pages(&day(), all()).await.expect("answer");
    assert_eq!((pages.pages.len(), pages.total), (0, 0));
}
