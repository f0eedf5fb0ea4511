//! A visitor who says who they are: their session, their customer events, and their behaviour.
//!
//! Each event is what its contract's endpoint makes of the page's request.

use domain::event::{Category, NewEvent};
use domain::session::{ENDED, EndReason, STARTED};
use serde_json::{Map, Value, json};

use super::{SessionBuilder, real};
use crate::demo::sites::{BusinessModel, Intent, Page};

/// The currency of every amount.
pub(in crate::demo) const CURRENCY: &str = "TZS";
/// Of a thousand visits, those that end by signing out.
const SIGN_OUTS_PER_MILLE: u64 = 150;
/// Of the others, in a thousand, those whose page still says that it is closed.
const CLOSED_PER_MILLE: u64 = 900;
/// Of a thousand views of an item by a customer of the shop, those that lead to a review.
const REVIEWS_PER_MILLE: u64 = 90;

impl SessionBuilder {
    /// The customer's id, once they are signed in.
    pub(super) fn user_id(&self) -> Option<String> {
        let customer = self.person.customer.as_ref().filter(|_| self.is_signed_in)?;
        Some(customer.id.clone())
    }

    /// Signs the visitor in, after registering them when they are new. Whether they are signed in then:
    /// a guest never is.
    pub(super) fn sign_in(&mut self, page: &'static Page) -> bool {
        if self.is_signed_in || self.person.customer.is_none() {
            return self.is_signed_in;
        }
        self.is_signed_in = true;
        let mut started = self.event(page, Category::Session, STARTED);
        started.user_id = self.user_id();
        started.visitor_id = Some(self.person.visitor_id.clone());
        self.push(started);
        if !self.is_registered {
            (self.is_registered, self.registers) = (true, true);
            self.track(page, "customer.created", json!({"source": page.path}));
        }
        self.track(page, "customer.login", json!({}));
        true
    }

    /// The end of the visit, where it ends with a word: other sessions fall idle.
    pub(super) fn sign_out(&mut self) {
        if !self.is_signed_in || self.has_vanished {
            return;
        }
        let reason = if self.random.with_probability(SIGN_OUTS_PER_MILLE) {
            EndReason::SignOut
        } else if self.random.with_probability(CLOSED_PER_MILLE) {
            EndReason::PageUnload
        } else {
            return;
        };
        let ended = self.event(&self.stage.site.entries[0], Category::Session, ENDED);
        self.push(NewEvent {
            page_url: None,
            visitor_id: Some(self.person.visitor_id.clone()),
            user_id: self.user_id(),
            properties: Some(json!({"reason": reason.as_str()}).to_string()),
            ..ended
        });
    }

    pub(super) fn arrive(&mut self, page: &'static Page) {
        let site = self.stage.site;
        if let Some(item) = site.item(page) {
            self.seen.push(item);
            let (name, data) = match site.trade {
                BusinessModel::Rental => {
                    ("vehicle.viewed", json!({"vehicle_id": item.id, "vehicle_name": item.name}))
                }
                BusinessModel::Shop => {
                    ("product.viewed", json!({"item_id": item.id, "item_name": item.name}))
                }
            };
            self.track(page, name, data);
        }
        if let Some(step) = site.purchase.iter().position(|known| known.path == page.path) {
            self.reach(page, step);
        }
    }

    pub(super) fn leave(&mut self, page: &'static Page, arrived_ms: u64) {
        let Some(item) = self.stage.site.item(page) else { return };
        let seconds = (self.at_ms - arrived_ms) / 1_000;
        self.behave(page, "property_view", Some(real(seconds)), &json!({"property_id": item.id}));
        let was_customer = self.is_registered && !self.registers;
        let reviews = self.stage.site.trade == BusinessModel::Shop && was_customer;
        if reviews && self.random.with_probability(REVIEWS_PER_MILLE) {
            let id = format!("review-{}", 10_000 + self.random.below(90_000));
            let rating = 5 - self.random.below(3).min(self.random.below(3));
            let data = json!({"review_id": id, "item_id": item.id, "item_name": item.name, "rating": rating});
            self.track(page, "review.posted", data);
        }
    }

    /// What a click on `selector` means.
    pub(super) fn act_on(&mut self, page: &'static Page, selector: &str) {
        let site = self.stage.site;
        let Some((_, intent)) = site.intents.iter().find(|(known, _)| *known == selector) else {
            return;
        };
        match *intent {
            Intent::Search => {
                let query = *self.random.one_of(site.searches);
                let mut data = json!({"query": query});
                if site.trade == BusinessModel::Rental {
                    data["location"] = Value::from(*self.random.pick_weighted(site.places));
                }
                self.behave(page, "search", None, &json!({"search_query": query}));
                self.track(page, "search.performed", data);
            }
            Intent::Filter(filters) => {
                let filters: Value = serde_json::from_str(filters).unwrap_or_default();
                self.behave(page, "filter_applied", None, &json!({"filters": filters}));
            }
            Intent::Contact(method) => {
                let properties = json!({"metadata": {"method": method}});
                self.behave(page, "contact_click", None, &properties);
            }
            Intent::Message => {
                let is_sent = self.steps.iter().any(|step| step.event.name == "form.submitted");
                if !is_sent && self.sign_in(page) {
                    let properties = json!({"metadata": {"method": "email"}});
                    self.behave(page, "contact_click", None, &properties);
                    self.track(page, "form.submitted", json!({"form": "contact"}));
                }
            }
        }
    }

    /// Behaviour of a signed-in visitor, by contract 1; the shop does not send any.
    fn behave(&mut self, page: &'static Page, name: &str, value: Option<f64>, properties: &Value) {
        let Some(user_id) = self.user_id() else { return };
        if self.stage.site.trade == BusinessModel::Shop {
            return;
        }
        let event = self.event(page, Category::Behavior, name);
        self.push(NewEvent {
            visitor_id: Some(self.person.visitor_id.clone()),
            user_id: Some(user_id),
            value,
            properties: Some(properties.to_string()),
            ..event
        });
    }

    /// A customer event of a signed-in visitor, by contract 4.
    pub(super) fn track(&mut self, page: &'static Page, name: &str, mut data: Value) {
        let Some(customer) = self.person.customer.clone().filter(|_| self.is_signed_in) else {
            return;
        };
        self.pause(150);
        let value = data.get("total_amount").and_then(Value::as_f64);
        let mut properties = Map::new();
        let who = json!({"id": customer.id, "email": customer.email, "name": customer.name, "phone": customer.phone});
        properties.insert("customer".to_owned(), who);
        if data.as_object().is_some_and(|data| !data.is_empty()) {
            properties.insert("event_data".to_owned(), data.take());
        }
        let browser = self.person.browser;
        let session = json!({"device": browser.device, "browser": browser.name});
        properties.insert("session".to_owned(), session);
        let event = self.event(page, Category::Customer, name);
        self.push(NewEvent {
            user_id: Some(customer.id),
            value,
            currency: value.map(|_| CURRENCY.to_owned()),
            properties: Some(Value::Object(properties).to_string()),
            ..event
        });
    }
}
