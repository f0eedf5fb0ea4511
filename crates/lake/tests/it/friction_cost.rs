//! Known answers: what friction cost.

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::money::Currency;
use domain::question::Scope;
use domain::question::friction_cost::{FrictionCost, FrictionCostList};
use engine::ports::lake::LakeQuestions;

use crate::support::{Fixture, day, event, filters, friction, view};

/// Numbers events.
#[derive(Default)]
struct Story {
    events: Vec<Event>,
}

impl Story {
    fn next(&self) -> u128 {
        self.events.len() as u128 + 1
    }

    /// Sessions `from` to before `to` see the page at this second.
    fn view(&mut self, (from, to): (u32, u32), device: &str, path: &str, second: i64) {
        for number in from..to {
            let (visitor, session) = (format!("v{number}"), format!("s{number}"));
            let mut view = view(self.next(), second, &visitor, &session, path);
            view.device.kind = Some(device.into());
            self.events.push(view);
        }
    }

    fn stick(
        &mut self,
        (from, to): (u32, u32),
        device: &str,
        selector: &str,
        path: &str,
        second: i64,
    ) {
        for number in from..to {
            let session = format!("s{number}");
            let mut stuck = friction(self.next(), second, Kind::DeadClick, selector, &session);
            stuck.page.path = Some(path.into());
            stuck.device.kind = Some(device.into());
            self.events.push(stuck);
        }
    }

    /// They book for this much, as the site's server reports it.
    fn book(&mut self, (from, to): (u32, u32), amount: f64, second: i64) {
        for number in from..to {
            let mut booked = event(self.next(), second, Category::Customer, "booking.completed");
            booked.session_id = Some(format!("s{number}"));
            booked.value = Some(amount);
            booked.currency = Some("TZS".into());
            booked.properties =
                Some(format!(r#"{{"event_data": {{"booking_id": "B-{number}"}}}}"#));
            self.events.push(booked);
        }
    }

    async fn costs(self, scope: &Scope) -> FrictionCostList {
        let fixture = Fixture::holding(self.events).await;
        fixture.lake.friction_costs(scope, 50).await.expect("answer")
    }
}

fn cost_of<'a>(costs: &'a FrictionCostList, selector: &str) -> &'a FrictionCost {
    let of = |item: &&domain::question::friction_cost::CostedItem| {
        item.element_selector.as_deref() == Some(selector)
    };
    &costs.items.iter().find(of).expect("an item").cost
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("a figure");
    assert!((found - expected).abs() < 1e-6, "{found} {expected}");
}

#[tokio::test]
async fn stuck_sessions_are_compared_with_those_that_saw_the_same_page() {
    let mut story = Story::default();
    // On phones 20 see the page, 12 of them stuck; of the stuck 3 book, of the others 6 of 8.
    story.view((0, 20), "mobile", "/pay", 10);
    story.stick((0, 12), "mobile", "#pay", "/pay", 20);
    story.book((0, 3), 100.0, 30);
    story.book((12, 18), 200.0, 30);
    // A day in the week before: 4 more who were not stuck, all booked.
    story.view((100, 104), "mobile", "/pay", 10 - 7 * 86_400);
    story.book((100, 104), 200.0, 30 - 7 * 86_400);
    // Another device, another page, and somebody who booked before they saw the page.
    story.view((200, 230), "desktop", "/pay", 10);
    story.book((200, 230), 900.0, 30);
    story.view((300, 330), "mobile", "/other", 10);
    let costs = story.costs(&day()).await;
    let cost = cost_of(&costs, "#pay");
    assert_eq!((cost.sessions, cost.matched_sessions, cost.control_sessions), (12, 12, 12));
    near(cost.conversion_rate, 3.0 / 12.0);
    near(cost.control_rate, 10.0 / 12.0);
    near(cost.conversions.map(|lost| lost.value), 7.0);
    near(cost.value.map(|value| value.value), 1_400.0);
    assert_eq!(costs.currency, Some(Currency::parse("TZS").expect("a currency")));
    assert_eq!(costs.items[0].occurrences, 12);
}

#[tokio::test]
async fn a_booking_before_the_page_was_seen_is_not_its_doing() {
    let mut story = Story::default();
    story.view((0, 30), "mobile", "/pay", 100);
    story.stick((0, 15), "mobile", "#pay", "/pay", 110);
    story.book((15, 30), 50.0, 99);
    let costs = story.costs(&day()).await;
    let cost = cost_of(&costs, "#pay");
    near(cost.control_rate, 0.0);
    near(cost.conversions.map(|lost| lost.value), 0.0);
    assert_eq!(cost.value, None);
}

#[tokio::test]
async fn who_was_stuck_elsewhere_or_before_is_no_control() {
    let mut story = Story::default();
    story.view((0, 40), "mobile", "/pay", 10);
    story.view((0, 10), "mobile", "/cart", 5);
    // Ten are stuck in the cart first, then on the payment page too: their page is the cart's.
    story.stick((0, 10), "mobile", "#help", "/cart", 6);
    story.stick((0, 20), "mobile", "#help", "/pay", 20);
    // Stuck in the week before: neither exposed nor controls.
    story.view((50, 60), "mobile", "/pay", 10 - 7 * 86_400);
    story.stick((50, 60), "mobile", "#help", "/pay", 20 - 7 * 86_400);
    let costs = story.costs(&day()).await;
    let cost = cost_of(&costs, "#help");
    // Of the 20 exposed 10 belong to the cart, which nobody else saw; the others have 20 controls.
    assert_eq!((cost.sessions, cost.matched_sessions, cost.control_sessions), (20, 10, 20));
}

#[tokio::test]
async fn filters_narrow_both_sides_and_reports_of_one_booking_count_once() {
    let mut story = Story::default();
    story.view((0, 40), "mobile", "/pay", 10);
    story.stick((0, 20), "mobile", "#pay", "/pay", 20);
    story.book((20, 40), 10.0, 30);
    story.book((20, 40), 99.0, 40);
    story.view((100, 140), "desktop", "/pay", 10);
    story.stick((100, 120), "desktop", "#pay", "/pay", 20);
    story.stick((0, 5), "mobile", "#menu", "/pay", 20);
    let filters = filters("device=mobile;selector=#pay");
    let costs = story.costs(&Scope { filters, ..day() }).await;
    assert_eq!(costs.items.len(), 1);
    let cost = cost_of(&costs, "#pay");
    assert_eq!((cost.sessions, cost.control_sessions), (20, 20));
    near(cost.conversions.map(|lost| lost.value), 20.0);
    near(cost.value.map(|value| value.value), 200.0);
}

#[tokio::test]
async fn losses_come_first_and_errors_are_items_too() {
    let mut story = Story::default();
    story.view((0, 100), "mobile", "/pay", 10);
    story.stick((0, 30), "mobile", "#harmless", "/pay", 20);
    story.book((0, 15), 10.0, 40);
    story.stick((30, 50), "mobile", "#broken", "/pay", 20);
    story.book((50, 90), 10.0, 40);
    for number in 0..3_u32 {
        let session = format!("s{number}");
        let mut error = friction(story.next(), 25, Kind::JavascriptError, "#ignored", &session);
        error.page.path = Some("/pay".into());
        let details = error.friction.as_mut().expect("friction");
        details.error_group = Some("group-1".into());
        details.error_message = Some("TypeError: x".into());
        story.events.push(error);
    }
    let costs = story.costs(&day()).await;
    let names: Vec<_> = costs
        .items
        .iter()
        .map(|item| (item.element_selector.as_deref(), item.error_message.as_deref()))
        .collect();
    assert_eq!(
        names,
        [(Some("#broken"), None), (Some("#harmless"), None), (None, Some("TypeError: x"))]
    );
    assert!(costs.items[0].cost.conversions.expect("enough").is_loss());
    assert!(!costs.items[1].cost.conversions.expect("enough").is_loss());
    assert_eq!(costs.items[2].cost.conversions, None);
}

#[tokio::test]
async fn without_friction_nothing_was_lost() {
    let mut story = Story::default();
    story.view((0, 5), "mobile", "/", 1);
    assert_eq!(story.costs(&day()).await, FrictionCostList::default());
}
