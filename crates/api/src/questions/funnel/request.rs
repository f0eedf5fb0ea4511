//! The funnel of a request.

use std::fmt::Display;
use std::sync::Arc;

use domain::crm::RuleSet;
use domain::event::Category;
use domain::goal::stages;
use domain::question::funnel::{
    DEFAULT_WINDOW_SECONDS, DroppedRange, Funnel, FunnelBreakdown, FunnelOrder, FunnelStep,
    FunnelUnit, InvalidFunnel, MAX_DROPPED_SESSIONS, PathPattern, PurchaseKind, STEPS, StepMatcher,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::error::Error;
use crate::questions::scope::ScopeQuery;

/// The longest text of a step, in bytes.
const MAX_TEXT_BYTES: usize = 2_048;

/// A funnel over a period. Only events that match every filter count, of all steps.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FunnelRequest {
    #[serde(flatten)]
    scope: ScopeQuery,
    /// 2 to 8 steps.
    #[schema(min_items = 2, max_items = 8)]
    steps: Vec<FunnelStepRequest>,
    /// How long after the first step the others count, 1 to 2,592,000; a day by default. Exactly so long still counts.
    #[schema(minimum = 1, maximum = 2_592_000)]
    window_seconds: Option<i64>,
    /// How steps follow each other; `ordered` by default.
    #[schema(value_type = Option<FunnelOrderName>)]
    order: Option<String>,
    /// The unit that takes the steps; `visitor` by default.
    #[schema(value_type = Option<FunnelUnitName>)]
    unit: Option<String>,
    /// Also answer the figures by this value of the first event: the 10 most frequent among the 100 that most entries
    /// have, and the rest together.
    #[schema(value_type = Option<FunnelBreakdownName>)]
    breakdown: Option<String>,
    /// Also list sessions that reached the step of this index, from 0, and not the next.
    #[schema(minimum = 0, maximum = 6)]
    dropped_at: Option<i64>,
    /// Sessions to list, 1 to 100; 100 by default.
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<i64>,
}

/// One step: exactly one of `page`, `event`, `click`, `outcome` and `stage`. Texts have 2,048 bytes at most.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FunnelStepRequest {
    /// Page views of this path; a `*` at its end stands for anything.
    page: Option<String>,
    /// Events of this name.
    event: Option<String>,
    /// Clicks on the element with this selector.
    click: Option<String>,
    /// Orders (`order.placed`) or bookings (`booking.completed`).
    #[schema(value_type = Option<FunnelOutcomeName>)]
    outcome: Option<String>,
    /// Customer events by which the CRM's rules give this lead status, such as `Customer - Active`.
    stage: Option<String>,
    /// Of an event or a click: on this path only; a `*` at its end stands for anything.
    path: Option<String>,
    /// Of an event: of this category only.
    #[schema(value_type = Option<EventCategoryName>)]
    category: Option<String>,
    /// Comes back with the figures.
    label: Option<String>,
}

/// Declares the names of an enumeration in the document.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(ToSchema)]
        #[schema(rename_all = "snake_case")]
        #[expect(dead_code, reason = "only its schema is used: a request names values as texts")]
        enum $name { $($(#[$value_doc])* $value),+ }
    )+};
}

names! {
    /// How steps follow each other.
    FunnelOrderName { Ordered, Strict, Any }
    /// The unit that takes the steps.
    FunnelUnitName { Visitor, Session }
    /// A value of an attempt's first event.
    FunnelBreakdownName { Device, Browser, Os, Country, UtmSource, UtmCampaign }
    /// A purchase.
    FunnelOutcomeName { Order, Booking }
    /// The part of the product that an event belongs to.
    EventCategoryName {
        Behavior, Widget, Friction, Heatmap, Performance, Customer, Session, System, Form,
    }
}

const ORDERS: [(&str, FunnelOrder); 3] =
    [("ordered", FunnelOrder::Ordered), ("strict", FunnelOrder::Strict), ("any", FunnelOrder::Any)];
const UNITS: [(&str, FunnelUnit); 2] =
    [("visitor", FunnelUnit::Visitor), ("session", FunnelUnit::Session)];
const BREAKDOWNS: [(&str, FunnelBreakdown); 6] = [
    ("device", FunnelBreakdown::Device),
    ("browser", FunnelBreakdown::Browser),
    ("os", FunnelBreakdown::Os),
    ("country", FunnelBreakdown::Country),
    ("utm_source", FunnelBreakdown::UtmSource),
    ("utm_campaign", FunnelBreakdown::UtmCampaign),
];
const OUTCOMES: [(&str, PurchaseKind); 2] =
    [("order", PurchaseKind::Order), ("booking", PurchaseKind::Booking)];

impl FunnelRequest {
    /// Whether a step is a stage, which the rules of the project give.
    pub(super) fn needs_rules(&self) -> bool {
        self.steps.iter().any(|step| step.stage.is_some())
    }

    /// The period and filters, and the funnel; its stages come from `rules`.
    pub(super) fn read(self, rules: &Arc<RuleSet>) -> Result<(ScopeQuery, Funnel), Error> {
        if !STEPS.contains(&self.steps.len()) {
            return Err(out_of_bounds(InvalidFunnel::Steps));
        }
        let steps = self.steps.into_iter().enumerate();
        let steps = steps.map(|(index, step)| step.read(index, rules)).collect::<Result<_, _>>()?;
        let window_seconds = match self.window_seconds {
            None => DEFAULT_WINDOW_SECONDS,
            Some(seconds) => u32::try_from(seconds).unwrap_or_default(),
        };
        let order = choice("order", self.order, &ORDERS)?.unwrap_or(FunnelOrder::Ordered);
        let mut funnel = Funnel::new(steps, window_seconds, order).map_err(out_of_bounds)?;
        funnel.unit = choice("unit", self.unit, &UNITS)?.unwrap_or(funnel.unit);
        funnel.breakdown = choice("breakdown", self.breakdown, &BREAKDOWNS)?;
        if let Some(step) = self.dropped_at {
            let limit = self.limit.map(usize::try_from).transpose().unwrap_or(Some(0));
            let range = DroppedRange {
                step: usize::try_from(step)
                    .map_err(|_| out_of_bounds(InvalidFunnel::DroppedStep))?,
                limit: limit.unwrap_or(MAX_DROPPED_SESSIONS),
            };
            funnel = funnel.with_dropped(range).map_err(out_of_bounds)?;
        }
        Ok((self.scope, funnel))
    }
}

impl FunnelStepRequest {
    fn read(self, index: usize, rules: &Arc<RuleSet>) -> Result<FunnelStep, Error> {
        let field = |name: &str| format!("steps[{index}].{name}");
        let texts = [
            ("page", &self.page),
            ("event", &self.event),
            ("click", &self.click),
            ("outcome", &self.outcome),
            ("stage", &self.stage),
            ("path", &self.path),
            ("category", &self.category),
            ("label", &self.label),
        ];
        for (name, text) in
            texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?)))
        {
            if text.is_empty() {
                return Err(unprocessable(field(name), "must not be empty"));
            }
            if text.len() > MAX_TEXT_BYTES {
                return Err(unprocessable(field(name), "must not be longer than 2,048 bytes"));
            }
        }
        let pattern = |name: &str, text: String| {
            PathPattern::parse(&text).map_err(|error| unprocessable(field(name), error))
        };
        let category =
            choice(field("category"), self.category, &Category::ALL.map(|it| (it.as_str(), it)))?;
        let path = self.path.map(|text| pattern("path", text)).transpose()?;
        let (has_path, has_category) = (path.is_some(), category.is_some());
        let matcher = match (self.page, self.event, self.click, self.outcome, self.stage) {
            (Some(page), None, None, None, None) => StepMatcher::Page(pattern("page", page)?),
            (None, Some(name), None, None, None) => StepMatcher::Event { name, path, category },
            (None, None, Some(selector), None, None) => StepMatcher::Click { selector, path },
            (None, None, None, None, Some(stage)) => known_stage(field("stage"), stage, rules)?,
            (None, None, None, Some(name), None) => {
                let kind = choice(field("outcome"), Some(name), &OUTCOMES)?;
                StepMatcher::Purchase(kind.unwrap_or(PurchaseKind::Order))
            }
            _ => {
                let detail = "must have exactly one of page, event, click, outcome and stage";
                return Err(unprocessable(format!("steps[{index}]"), detail));
            }
        };
        if has_path && !matches!(matcher, StepMatcher::Event { .. } | StepMatcher::Click { .. }) {
            return Err(unprocessable(field("path"), "goes with event and click only"));
        }
        if has_category && !matches!(matcher, StepMatcher::Event { .. }) {
            return Err(unprocessable(field("category"), "goes with event only"));
        }
        Ok(FunnelStep { matcher, label: self.label })
    }
}

/// The stage, if the rules give it.
fn known_stage(field: String, stage: String, rules: &Arc<RuleSet>) -> Result<StepMatcher, Error> {
    let known = stages(rules);
    if !known.contains(&&*stage) {
        return Err(unprocessable(field, format!("must be one of {}", known.join(", "))));
    }
    Ok(StepMatcher::Stage { stage, rules: Arc::clone(rules) })
}

/// The value of that name.
fn choice<T: Copy>(
    field: impl Into<String>,
    name: Option<String>,
    values: &[(&'static str, T)],
) -> Result<Option<T>, Error> {
    let Some(name) = name else { return Ok(None) };
    let found = values.iter().find(|(value, _)| *value == name).map(|(_, value)| *value);
    let names = || values.iter().map(|(name, _)| *name).collect::<Vec<&str>>().join(", ");
    let rejected = || unprocessable(field.into(), format!("must be one of {}", names()));
    found.map(Some).ok_or_else(rejected)
}

fn out_of_bounds(error: InvalidFunnel) -> Error {
    let field = match error {
        InvalidFunnel::Steps => "steps",
        InvalidFunnel::Window => "window_seconds",
        InvalidFunnel::DroppedStep => "dropped_at",
        InvalidFunnel::DroppedLimit => "limit",
    };
    engine::Error::invalid(field, error.to_string()).into()
}

fn unprocessable(field: String, detail: impl Display) -> Error {
    let detail = format!("{field} {detail}");
    engine::Error::invalid(field, detail).into()
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;

    use super::*;

    /// The document's names are those that are read.
    #[test]
    fn the_document_names_the_values_that_are_read() {
        fn names<T: PartialSchema>() -> Vec<String> {
            let schema = serde_json::to_value(T::schema()).expect("JSON");
            let names = schema["enum"].as_array().expect("names").iter();
            names.map(|name| name.as_str().expect("a text").to_owned()).collect()
        }
        fn read<T>(values: &[(&'static str, T)]) -> Vec<&'static str> {
            values.iter().map(|(name, _)| *name).collect()
        }
        assert_eq!(names::<FunnelOrderName>(), read(&ORDERS));
        assert_eq!(names::<FunnelUnitName>(), read(&UNITS));
        assert_eq!(names::<FunnelBreakdownName>(), read(&BREAKDOWNS));
        assert_eq!(names::<FunnelOutcomeName>(), read(&OUTCOMES));
        assert_eq!(names::<EventCategoryName>(), Category::ALL.map(Category::as_str));
    }
}
