//! Buying: a car for some days, or some goods; each step loses visitors, and a broken one most of them.

use serde_json::{Value, json};

use super::SessionBuilder;
use super::customer::CURRENCY;
use crate::demo::sites::{BusinessModel, Item, Page};

/// Of a thousand visitors at each step, those that go on.
pub(super) const GOES_ON_PER_MILLE: u64 = 720;
/// Of a thousand visitors who are stuck at a step, those that go on nevertheless.
pub(super) const STUCK_GOES_ON_PER_MILLE: u64 = 200;
/// How people pay.
const METHODS: [&str; 4] = ["M-Pesa", "Airtel Money", "Visa", "Mixx by Yas"];
const DAY_SECONDS: i64 = 86_400;

/// What is being bought.
pub(super) struct Cart {
    /// The member of its events that holds its id.
    id_name: &'static str,
    id: String,
    amount: u64,
    method: &'static str,
    /// The deal as its events tell it.
    data: Value,
}

impl Cart {
    /// What a payment's event says.
    fn payment(&self) -> Value {
        json!({
            self.id_name: self.id,
            "method": self.method,
            "total_amount": self.amount,
            "currency": CURRENCY,
        })
    }
}

impl SessionBuilder {
    /// Goes through the pages of the purchase, as far as the visitor comes.
    pub(super) fn buy(&mut self) {
        let pages = self.stage.site.purchase;
        for (step, page) in pages.iter().enumerate() {
            self.visit(page, false);
            if self.has_vanished || self.has_abandoned {
                return;
            }
            let goes_on =
                step + 1 < pages.len() && self.random.with_probability(self.goes_on_per_mille);
            self.fill_in(page, goes_on);
            let is_payment = step + 2 == pages.len();
            if is_payment {
                self.pay(page, goes_on);
            } else if goes_on {
                self.complete_step(page, step);
            }
            if !goes_on {
                return;
            }
        }
    }

    /// What reaching a page of the purchase means: the first for customers, or the last.
    pub(super) fn reach(&mut self, page: &'static Page, step: usize) {
        let site = self.stage.site;
        // Who rents says who they are at once, who orders when they check out.
        let begins_at = match site.trade {
            BusinessModel::Rental => 0,
            BusinessModel::Shop => 1,
        };
        if step == begins_at {
            self.sign_in(page);
            let cart = self.agree();
            let data = cart.data.clone();
            self.deal = Some(cart);
            if site.trade == BusinessModel::Rental {
                self.track(page, "booking.started", data);
            }
        }
        if step + 1 == site.purchase.len() {
            self.conclude(page);
        }
    }

    fn complete_step(&mut self, page: &'static Page, step: usize) {
        let Some(cart) =
            self.deal.as_ref().filter(|_| self.stage.site.trade == BusinessModel::Rental)
        else {
            return;
        };
        let name = if step == 0 { "dates" } else { "details" };
        let data = json!({"booking_id": cart.id, "step": name});
        self.track(page, "booking.step_completed", data);
    }

    /// Tries to pay: where the page is broken in vain, and once more by those who go on.
    fn pay(&mut self, page: &'static Page, goes_on: bool) {
        let Some(payment) = self.deal.as_ref().map(Cart::payment) else { return };
        if self.is_stuck {
            self.track(page, "payment.attempted", payment.clone());
            self.pause(4_000);
            let mut failed = payment.clone();
            failed["reason"] = Value::from(match self.stage.site.trade {
                BusinessModel::Rental => "the payment page does not answer",
                BusinessModel::Shop => "the payment provider timed out",
            });
            self.track(page, "payment.failed", failed);
        }
        if goes_on {
            self.pause(4_000);
            self.track(page, "payment.attempted", payment);
        }
    }

    fn conclude(&mut self, page: &'static Page) {
        let Some(cart) = self.deal.take() else { return };
        self.track(page, "payment.successful", cart.payment());
        let mut data = cart.data;
        match self.stage.site.trade {
            BusinessModel::Rental => {
                data["status"] = Value::from("confirmed");
                self.track(page, "booking.completed", data);
            }
            BusinessModel::Shop => {
                data["status"] = Value::from("paid");
                self.track(page, "order.placed", data);
            }
        }
    }

    /// What the visitor has decided for: what they have looked at last, or what most people take.
    fn agree(&mut self) -> Cart {
        let site = self.stage.site;
        let method = *self.random.pick_weighted(&METHODS);
        let number = 100_000 + self.random.below(900_000);
        let place = *self.random.pick_weighted(site.places);
        let item = match self.seen.last() {
            Some(item) => item,
            None => self.random.pick_weighted(site.items),
        };
        match site.trade {
            BusinessModel::Rental => self.rent(item, place, format!("BR-{number}"), method),
            BusinessModel::Shop => self.order(item, place, format!("DM-{number}"), method),
        }
    }

    fn rent(&mut self, item: &Item, place: &str, id: String, method: &'static str) -> Cart {
        let days = 1 + self.random.below(7).min(self.random.below(7));
        let ahead = 1 + i64::try_from(self.random.below(21)).unwrap_or(0);
        let pickup_date = self.start.plus_seconds(ahead * DAY_SECONDS).to_rfc3339();
        let pickup_date = pickup_date.split('T').next().unwrap_or_default();
        let amount = item.price * days;
        let data = json!({
            "booking_id": &id,
            "vehicle_id": item.id,
            "vehicle_name": item.name,
            "pickup_location": place,
            "pickup_date": pickup_date,
            "days": days,
            "total_amount": amount,
            "currency": CURRENCY,
        });
        Cart { id_name: "booking_id", id, amount, method, data }
    }

    fn order(
        &mut self,
        first: &'static Item,
        place: &str,
        id: String,
        method: &'static str,
    ) -> Cart {
        let mut items = vec![first];
        for _ in 0..self.random.below(3) {
            let item = self.random.pick_weighted(self.stage.site.items);
            if !items.iter().any(|known| known.id == item.id) {
                items.push(item);
            }
        }
        let mut amount = 0;
        let mut lines = Vec::new();
        for item in items {
            let quantity = 1 + self.random.below(3).min(self.random.below(3));
            amount += item.price * quantity;
            let line = json!({"item_id": item.id, "name": item.name, "quantity": quantity, "price": item.price});
            lines.push(line);
        }
        let data = json!({
            "order_id": &id,
            "items": lines,
            "deliver_to": place,
            "total_amount": amount,
            "currency": CURRENCY,
        });
        Cart { id_name: "order_id", id, amount, method, data }
    }
}
