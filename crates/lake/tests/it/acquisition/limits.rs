//! Bounds of memory and time.

use std::time::Duration;

use domain::question::acquisition::AcquisitionBy;
use engine::ports::lake::{Error, LakeQuestions as _};
use lake::{Lake, Options};

use super::answer;
use crate::support::{Fixture, all, day, view};

/// Each visit comes by a campaign of its own, as where an id of the click is put into its name.
#[tokio::test]
async fn a_hundred_thousand_different_values_are_answered_or_refused() {
    let visit = |number: u32| {
        let mut event = view(number.into(), 1, &format!("v{number}"), &format!("s{number}"), "/");
        event.page.utm.campaign = Some(format!("campaign-{number:06}"));
        event
    };
    let fixture = Fixture::holding((0..100_000).map(visit).collect()).await;
    let by = AcquisitionBy::UtmCampaign;
    let found = answer(&fixture, &day(), by).await;
    assert_eq!(
        (found.total, found.totals.sessions, found.totals.visitors),
        (100_000, 100_000, 100_000)
    );
    assert_eq!(found.rows.len(), 1_000);
    assert_eq!(found.rows[999].value.as_deref(), Some("campaign-000999"));
    for options in [
        Options { query_memory_bytes: 1 << 20, ..fixture.options.clone() },
        Options { question_timeout: Duration::ZERO, ..fixture.options.clone() },
    ] {
        let lake = Lake::open(options, fixture.clock.clone(), fixture.ids.clone()).await;
        let refused = lake.expect("open").acquisition(&day(), by, all()).await;
        assert!(matches!(refused, Err(Error::Limit { .. })), "{refused:?}");
    }
}
