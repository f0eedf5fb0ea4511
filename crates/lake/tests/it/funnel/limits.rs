//! Bounds of time, of memory, and of the events of one unit.

use std::time::Duration;

use domain::question::funnel::{FunnelOrder, MAX_EVENTS_OF_A_UNIT};
use engine::ports::lake::{Error, LakeQuestions as _};
use lake::{Lake, Options};

use super::{funnel, page, units};
use crate::support::{Fixture, day, view};

#[tokio::test]
async fn a_funnel_is_refused_when_it_takes_too_long() {
    let fixture = Fixture::holding(vec![view(1, 1, "v", "s", "/")]).await;
    let options = Options { question_timeout: Duration::ZERO, ..fixture.options.clone() };
    let hurried = Lake::open(options, fixture.clock.clone(), fixture.ids.clone()).await;
    let question = funnel(&[page("/"), page("/pay")], 60, FunnelOrder::Ordered);
    let refused = hurried.expect("open").funnel(&day(), &question).await;
    assert!(matches!(refused, Err(Error::Limit { limit: "time" })), "{refused:?}");
}

/// A visitor with more events than a person has pays after all of them; another one after two.
#[tokio::test]
async fn of_a_unit_with_too_many_events_the_first_ones_count() {
    let endless = MAX_EVENTS_OF_A_UNIT as u128;
    let mut events: Vec<_> = (0..endless).map(|n| view(n, 1, "endless", "s1", "/")).collect();
    events.push(view(endless, 2, "endless", "s1", "/pay"));
    events.extend([
        view(endless + 1, 1, "brief", "s2", "/"),
        view(endless + 2, 2, "brief", "s2", "/pay"),
    ]);
    let fixture = Fixture::holding(events).await;
    let question = funnel(&[page("/"), page("/pay")], 60, FunnelOrder::Ordered);
    assert_eq!(units(&fixture, &question).await, [2, 1]);
}
