//! A form of a purchase, as the browser's SDK reports it when the page is left.

use std::mem;

use domain::event::{Category, Element};
use domain::form_progress::FORM_PROGRESS;
use serde_json::{Value, json};

use super::{SessionBuilder, real};
use crate::demo::random::Random;
use crate::demo::sites::{Form, FormField, Page};

/// Of a thousand visitors who leave a page of the purchase, those who have begun its form.
const BEGINS_PER_MILLE: u64 = 620;

impl SessionBuilder {
    /// Reports the page's form: filled in by those who go on, left somewhere by many of the others.
    pub(super) fn fill_in(&mut self, page: &'static Page, goes_on: bool) {
        let site = self.stage.site;
        let Some(form) = site.forms.iter().find(|form| form.path == page.path) else { return };
        // A generator of its own: later events are the same with and without a form.
        let seed = self
            .session_id
            .bytes()
            .fold(self.at_ms, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let story = mem::replace(&mut self.random, Random::new(seed));
        let refused = self.refused_field();
        let begins = goes_on || refused.is_some() || self.random.with_probability(BEGINS_PER_MILLE);
        if begins {
            let metadata = self.progress(form, refused.as_deref(), goes_on);
            let mut event = self.signal(page, Category::Form, FORM_PROGRESS);
            event.element =
                Element { selector: Some(format!("form#{}", form.name)), ..Element::default() };
            event.properties = Some(metadata.to_string());
            self.push(event);
        }
        self.random = story;
    }

    /// The field that was refused on the page they are on.
    fn refused_field(&self) -> Option<String> {
        let latest = self.steps.iter().rev();
        let here = latest.take_while(|step| step.event.name != "pageview");
        let found = here.into_iter().find(|step| step.event.name == "form_validation_error")?;
        let selector = found.event.element.selector.as_deref()?;
        Some(selector.trim_start_matches('#').to_owned())
    }

    fn progress(&mut self, form: &Form, refused: Option<&str>, is_submitted: bool) -> Value {
        let is_refused = |field: &FormField| refused == Some(field.name);
        let count = form.fields.len() as u64;
        // The first fields lose fewest: who has come so far, wants to know.
        let abandoned_at = form.fields.iter().position(is_refused).unwrap_or_else(|| {
            let furthest = self.random.below(count).max(self.random.below(count));
            usize::try_from(furthest).unwrap_or(0)
        });
        let last = if is_submitted { form.fields.len() } else { abandoned_at + 1 };
        let reached = form.fields.iter().enumerate().take(last);
        let mut duration_ms = 0;
        let fields: Vec<Value> = reached
            .map(|(position, field)| {
                let tries = if is_refused(field) { 1 + self.random.below(3) } else { 0 };
                let time_ms = self.random.around(field.typical_ms) * (1 + tries);
                duration_ms += time_ms + self.random.around(700);
                let is_left = !is_submitted && position == abandoned_at && tries == 0;
                let is_empty = field.is_optional && self.random.with_probability(640);
                json!({
                    "field": field.name,
                    "kind": field.kind,
                    "position": position,
                    "time_ms": real(time_ms),
                    "corrections": tries.saturating_sub(1) + u64::from(self.random.with_probability(70)),
                    "errors": tries,
                    "filled": !is_empty && !is_left,
                })
            })
            .collect();
        let last_field = form.fields.get(last.saturating_sub(1)).map(|field| field.name);
        json!({
            "form_id": self.random.uuid(),
            "revision": 1,
            "form": form.name,
            "outcome": if is_submitted { "submitted" } else { "abandoned" },
            "submits": u64::from(is_submitted || refused.is_some()),
            "duration_ms": real(duration_ms),
            "last_field": last_field,
            "fields": fields,
        })
    }
}
