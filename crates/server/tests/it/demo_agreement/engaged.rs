//! How many of the demo's visits are engaged, by a statement that shares nothing with the product's.
//!
//! A demo in which nobody leaves at once shows figures that no site has: of real sites' visits, half to two thirds are
//! engaged, fewer on phones and fewer of those who follow an advertisement.

use std::ops::RangeInclusive;

use super::{PastDays, rows};
use crate::harness::Owner;

/// Engaged visits of real sites, with a margin for the days of a campaign and for regular visitors.
const LIFELIKE: RangeInclusive<f64> = 0.55..=0.68;

/// Of the visits of the whole history, which are enough that their share hardly depends on the day of the start.
pub(super) async fn engaged_visits(owner: &Owner, days: &PastDays) {
    let everybody = engaged_share(owner, days, "TRUE").await;
    assert!(LIFELIKE.contains(&everybody), "{everybody} of all visits are engaged");
    let phones = engaged_share(owner, days, "device = 'mobile'").await;
    let desktops = engaged_share(owner, days, "device = 'desktop'").await;
    assert!(phones < desktops, "{phones} on phones, {desktops} on desktops");
    let advertised = engaged_share(owner, days, "medium = 'paid_social'").await;
    let direct = engaged_share(owner, days, "medium IS NULL AND referrer IS NULL").await;
    assert!(advertised < direct - 0.1, "{advertised} by adverts, {direct} directly");
}

/// The share of engaged visits among those that a condition chooses.
async fn engaged_share(owner: &Owner, PastDays { to, .. }: &PastDays, condition: &str) -> f64 {
    let counted = format!(
        "SELECT count(*), count(*) FILTER (WHERE engaged) FROM (
           SELECT max(device_type) AS device, max(utm_medium) AS medium, max(referrer) AS referrer,
                  date_part('epoch', max(occurred_at)) - date_part('epoch', min(occurred_at)) >= 10
                    OR count(*) FILTER (WHERE name = 'pageview') > 1
                    OR count(*) FILTER (WHERE name IN ('order.placed', 'booking.completed')) > 0 AS engaged
           FROM events WHERE bot IS NULL AND session_id IS NOT NULL AND occurred_at < '{to}'
           GROUP BY session_id) AS visits
         WHERE {condition}"
    );
    let counted = rows(owner, &counted).await.swap_remove(0);
    let [visits, engaged] = [0, 1].map(|index| counted[index].as_f64().expect("a count"));
    assert!(visits > 200.0, "{visits} with {condition}");
    engaged / visits
}
