//! Known answers of how engaged visits are, and that they are acquisition's.

use domain::event::{Category, Event};
use domain::question::acquisition::{AcquisitionBy, AcquisitionFigures};
use domain::question::engagement::{Engagement, EngagementFigures};
use domain::question::{FilterDimension, Filters, Scope};
use engine::ports::lake::LakeQuestions as _;

use crate::acquisition::{answer as acquisition, money, order};
use crate::support::{Fixture, day, event, scope, view};

const HOUR: i64 = 3_600;
const WEEK: i64 = 7 * 86_400;

async fn answer(fixture: &Fixture, scope: &Scope) -> Engagement {
    fixture.lake.engagement(scope).await.expect("an answer")
}

/// s1 looks at two pages at 0:50 and buys at 0:59 and, as the server reports, at 1:30; s2 looks at one page at 1:10 and
/// leaves; s3 stays for 12 s on one page at 2:00; an order names no session; the week before o1 bought.
fn visits() -> Vec<Event> {
    let stay = event(22, 2 * HOUR + 12, Category::Heatmap, "click");
    let mut phone = view(11, HOUR + 600, "v2", "s2", "/offer");
    phone.device.kind = Some("mobile".into());
    vec![
        view(1, 3_000, "v1", "s1", "/"),
        view(2, 3_060, "v1", "s1", "/rooms"),
        order(3, 3_540, Some("s1"), "A-1", Some((150_000.0, "TZS"))),
        order(4, 3_541, None, "A-1", Some((150_000.0, "TZS"))),
        order(5, HOUR + 1_800, Some("s1"), "A-2", Some((20.5, "EUR"))),
        phone,
        view(21, 2 * HOUR, "v3", "s3", "/rooms"),
        Event { session_id: Some("s3".into()), ..stay },
        order(31, 3 * HOUR, None, "A-3", Some((9.0, "EUR"))),
        view(41, HOUR - WEEK, "v4", "o1", "/"),
        order(42, HOUR - WEEK + 60, Some("o1"), "A-1", Some((1.0, "USD"))),
    ]
}

fn figures(counts: [u64; 4], revenue: &[(f64, &str)]) -> EngagementFigures {
    let [sessions, engaged_sessions, converting_sessions, conversions] = counts;
    let revenue = revenue.iter().map(|(amount, code)| money(*amount, code)).collect();
    EngagementFigures { sessions, engaged_sessions, converting_sessions, conversions, revenue }
}

#[tokio::test]
async fn visits_count_in_the_hour_they_begin_and_orders_in_the_hour_they_happen() {
    let fixture = Fixture::holding(visits()).await;
    let found = answer(&fixture, &day()).await;
    assert_eq!(found.totals, figures([3, 2, 1, 2], &[(20.5, "EUR"), (150_000.0, "TZS")]));
    assert_eq!(found.previous, figures([1, 1, 1, 1], &[(1.0, "USD")]));
    assert_eq!(found.unattributed_conversions, 1);
    assert_eq!((found.series.len(), found.previous_series.len()), (24, 24));
    let hours: Vec<&EngagementFigures> =
        found.series.iter().take(4).map(|bucket| &bucket.figures).collect();
    assert_eq!(
        hours,
        [
            &figures([1, 1, 1, 1], &[(150_000.0, "TZS")]),
            &figures([1, 0, 0, 1], &[(20.5, "EUR")]),
            &figures([1, 1, 0, 0], &[]),
            &figures([0; 4], &[]),
        ]
    );
    assert_eq!(found.previous_series[1].figures, found.previous);
}

#[tokio::test]
async fn filters_choose_whole_visits() {
    let fixture = Fixture::holding(visits()).await;
    for (dimension, value, counts) in [
        (FilterDimension::Path, "/rooms", [2, 2, 1, 2]),
        (FilterDimension::Device, "mobile", [1, 0, 0, 0]),
        (FilterDimension::EntryPath, "/", [1, 1, 1, 2]),
        (FilterDimension::Session, "friction", [0; 4]),
        (FilterDimension::Session, "converted", [1, 1, 1, 2]),
    ] {
        let filters = Filters::of(dimension, value);
        let found = answer(&fixture, &Scope { filters, ..day() }).await;
        let totals = &found.totals;
        let found = [
            totals.sessions,
            totals.engaged_sessions,
            totals.converting_sessions,
            totals.conversions,
        ];
        assert_eq!(found, counts, "{dimension} {value}");
    }
    let later = answer(&fixture, &scope(5 * HOUR, 6 * HOUR)).await;
    assert_eq!(later.totals, EngagementFigures::default());
    assert_eq!((later.series.len(), later.unattributed_conversions), (1, 0));
}

/// Both questions count the same: in all, and added up over the buckets.
pub(crate) async fn is_acquisitions(fixture: &Fixture, scope: &Scope) {
    let engagement = answer(fixture, scope).await;
    let acquired = acquisition(fixture, scope, AcquisitionBy::Channel).await;
    let same = |found: &EngagementFigures, of: AcquisitionFigures| {
        let expected = EngagementFigures {
            sessions: of.sessions,
            engaged_sessions: of.engaged_sessions,
            converting_sessions: of.converting_sessions,
            conversions: of.conversions,
            revenue: of.revenue,
        };
        assert_eq!(*found, expected, "{scope:?}");
    };
    let sum = |count: fn(&EngagementFigures) -> u64| -> u64 {
        engagement.series.iter().map(|bucket| count(&bucket.figures)).sum()
    };
    assert_eq!(sum(|it| it.sessions), acquired.totals.sessions);
    assert_eq!(sum(|it| it.engaged_sessions), acquired.totals.engaged_sessions);
    assert_eq!(sum(|it| it.converting_sessions), acquired.totals.converting_sessions);
    assert_eq!(sum(|it| it.conversions), acquired.totals.conversions);
    assert_eq!(engagement.unattributed_conversions, acquired.unattributed_conversions);
    same(&engagement.totals, acquired.totals);
    same(&engagement.previous, acquired.previous_totals);
}
