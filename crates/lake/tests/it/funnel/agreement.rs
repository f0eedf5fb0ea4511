//! Random visits against SQL of another kind: a self-join of the two steps' events.

use datafusion::prelude::SessionContext;
use domain::event::Event;
use domain::question::funnel::{FunnelOrder, FunnelUnit};

use super::{funnel, page, units};
use crate::support::{Fixture, PROJECT, view};

const PATHS: [&str; 5] = ["/", "/rooms/1", "/rooms/2", "/about", "/pay"];
const WINDOW: u32 = 1_800;

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Some hundred visits of a day, of visitors who come again; many events share an instant.
fn visits(seed: u64) -> Vec<Event> {
    let mut random = Random(seed);
    let mut events = Vec::new();
    for visit in 0..400_u64 {
        let visitor = format!("v{}", random.below(150));
        let mut second = i64::try_from(random.below(80_000)).expect("small");
        for seq in 0..random.below(9) {
            let path = PATHS[usize::try_from(random.below(5)).expect("small")];
            let number = u128::from(seed) * 1_000_000 + u128::from(visit * 100 + seq);
            let mut event = view(number, second, &visitor, &format!("s{visit}"), path);
            event.seq = u32::try_from(seq).ok();
            event.bot = visit.is_multiple_of(40).then(|| "rule".to_owned());
            events.push(event);
            second += i64::try_from(random.below(4) * random.below(400)).expect("small");
        }
    }
    events
}

async fn count(views: &SessionContext, sql: &str) -> u64 {
    let rows = views.sql(sql).await.expect("a statement").collect().await.expect("rows");
    let column = rows[0].column(0);
    let counts = datafusion::arrow::array::AsArray::as_primitive::<
        datafusion::arrow::datatypes::Int64Type,
    >(column);
    u64::try_from(counts.value(0)).expect("a count")
}

#[tokio::test]
async fn two_steps_in_order_are_those_of_a_self_join() {
    for seed in [1, 2, 3] {
        let fixture = Fixture::holding(visits(seed)).await;
        let views = fixture.lake.views(PROJECT).await.expect("views");
        for (unit, id) in [(FunnelUnit::Visitor, "visitor_id"), (FunnelUnit::Session, "session_id")]
        {
            let mut question = funnel(&[page("/"), page("/rooms/*")], WINDOW, FunnelOrder::Ordered);
            question.unit = unit;
            let found = units(&fixture, &question).await;
            let entered = format!(
                "SELECT count(DISTINCT {id}) FROM events
                 WHERE name = 'pageview' AND path = '/' AND bot IS NULL"
            );
            let converted = format!(
                "SELECT count(DISTINCT one.{id}) FROM events one JOIN events two ON one.{id} = two.{id}
                 WHERE one.name = 'pageview' AND one.path = '/' AND one.bot IS NULL
                   AND two.name = 'pageview' AND two.path LIKE '/rooms/%' AND two.bot IS NULL
                   AND two.occurred_at <= one.occurred_at + INTERVAL '{WINDOW} seconds'
                   AND (two.occurred_at > one.occurred_at
                        OR (two.occurred_at = one.occurred_at AND two.seq >= one.seq))"
            );
            let expected = [count(&views, &entered).await, count(&views, &converted).await];
            assert_eq!(found, expected, "seed {seed} by {id}");
            assert!(expected[0] > expected[1] && expected[1] > 20, "{expected:?}");
        }
    }
}
