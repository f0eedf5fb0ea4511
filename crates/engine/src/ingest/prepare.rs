//! From an event as sent to an event as stored: one event at a time, the same stages for every
//! contract.

use std::sync::Arc;

use domain::error_group;
use domain::event::{Category, EventRef, Friction, NewEvent, Page};
use domain::friction::{Kind, Severity};
use domain::id::{EventId, IdSource, ProjectId};
use domain::limits::{
    MAX_FUTURE_SECONDS, MAX_MESSAGE_BYTES, MAX_NAME_BYTES, MAX_PROPERTIES_BYTES, MAX_STACK_BYTES,
    MAX_TEXT_BYTES, MAX_URL_BYTES, cut,
};
use domain::outcome::Reason;
use domain::page;
use domain::privacy::{QueryParameters, mask};
use domain::time::Timestamp;

use super::enrich::{Agent, Client, Enricher};
use super::request::check_id;
use super::suppression::SuppressionList;
use super::{Envelope, Incoming, Invalid};

/// Members of properties that name things and programs.
const UNMASKED: [&str; 2] = ["property_id", "user_agent"];

/// What the stages need to know about the request an event came in.
pub(super) struct Context<'a> {
    pub(super) project_id: ProjectId,
    pub(super) retention_days: u32,
    pub(super) received_at: Timestamp,
    /// What to add to the client's times.
    pub(super) offset_micros: i64,
    pub(super) client: Client,
    /// The visitor of events that name nobody, where consent is missing.
    pub(super) daily_visitor: Option<String>,
    /// For events that name a user agent of their own.
    pub(super) enricher: &'a Enricher,
    /// What is kept of queries.
    pub(super) parameters: Arc<QueryParameters>,
    pub(super) envelope: Envelope,
    /// What is wrong with the envelope, and so with every item.
    pub(super) invalid: Option<Invalid>,
    /// Who is refused.
    pub(super) suppressed: Option<Arc<SuppressionList>>,
    pub(super) ids: &'a dyn IdSource,
    /// The page URL read last: a batch mostly names one page.
    pub(super) page_url: Option<String>,
    /// What it says, without title and referrer.
    pub(super) page: Option<Page>,
    /// The user agent that the event read last named itself.
    pub(super) own_agent: Option<Arc<Agent>>,
}

/// Checks and scrubs an item in place; the event is what it and its request say together.
pub(super) fn event<'a>(
    item: &'a mut Incoming<'_>,
    context: &'a mut Context<'_>,
) -> Result<EventRef<'a>, Invalid> {
    if let Some(invalid) = &context.invalid {
        return Err(invalid.clone());
    }
    let new = item.event.as_mut().map_err(|invalid| invalid.clone())?;
    let id = event_id(new.id.as_deref(), context)?;
    let occurred_at = occurred_at(new.at, context)?;
    check_name(new.category, &new.name)?;
    check_id("session_id", new.session_id.as_deref())?;
    check_id("visitor_id", new.visitor_id.as_deref())?;
    check_id("user_id", new.user_id.as_deref())?;
    check_properties(new.properties.as_deref())?;
    context.read_page(new.page_url.as_deref());
    context.read_user_agent(new.user_agent.as_deref());
    scrub(new, context.page.as_ref(), &context.parameters);
    let (new, context) = (&*new, &*context);
    let agent = context.own_agent.as_ref().unwrap_or(&context.client.agent);
    let envelope = &context.envelope;
    let user_id = new.user_id.as_deref().or(envelope.user_id.as_deref());
    let daily_visitor = context.daily_visitor.as_deref().filter(|_| user_id.is_none());
    let page = context.page.as_ref().map(Page::borrowed).unwrap_or_default();
    let event = EventRef {
        id,
        project_id: context.project_id,
        category: new.category,
        name: &new.name,
        occurred_at,
        client_at: new.at,
        sent_at: envelope.sent_at,
        received_at: context.received_at,
        seq: new.seq,
        visitor_id: new.visitor_id.as_deref().or(daily_visitor),
        session_id: new.session_id.as_deref().or(envelope.session_id.as_deref()),
        user_id,
        page: Page { title: new.page_title.as_deref(), referrer: new.referrer.as_deref(), ..page },
        element: new.element.borrowed(),
        friction: new.friction.as_ref().map(Friction::borrowed),
        vitals: new.vitals,
        value: new.value,
        currency: new.currency.as_deref(),
        device: agent.device.borrowed(),
        place: context.client.place.borrowed(),
        properties: new.properties.as_deref(),
        bot: agent.bot.as_deref(),
    };
    match &context.suppressed {
        Some(list) if list.refuses(&event) => Err(Invalid::erased()),
        _ => Ok(event),
    }
}

impl Context<'_> {
    /// Reads the page an event names, unless the one before named the same.
    fn read_page(&mut self, url: Option<&str>) {
        if self.page_url.as_deref() != url {
            self.page = url.map(|url| page::from_url(url, &self.parameters));
            self.page_url = url.map(str::to_owned);
        }
    }

    /// Reads the user agent an event names.
    fn read_user_agent(&mut self, user_agent: Option<&str>) {
        self.own_agent = user_agent.map(|user_agent| self.enricher.agent(user_agent));
    }
}

fn event_id(text: Option<&str>, context: &Context<'_>) -> Result<EventId, Invalid> {
    match text {
        Some(text) => EventId::from_client(text)
            .map_err(|error| Invalid::new(Reason::InvalidId, error.to_string())),
        None => Ok(EventId(context.ids.next(context.received_at))),
    }
}

/// The client's time corrected by its clock's skew; the time of receipt when it named none.
fn occurred_at(at: Option<Timestamp>, context: &Context<'_>) -> Result<Timestamp, Invalid> {
    let Some(at) = at else { return Ok(context.received_at) };
    let corrected = at.plus_micros(context.offset_micros);
    if corrected > context.received_at.plus_seconds(MAX_FUTURE_SECONDS) {
        return Err(Invalid::new(
            Reason::InTheFuture,
            "timestamp lies more than 24 h in the future",
        ));
    }
    let retention_seconds = i64::from(context.retention_days) * 86_400;
    if corrected < context.received_at.plus_seconds(-retention_seconds) {
        let days = context.retention_days;
        return Err(Invalid::new(
            Reason::TooOld,
            format!("timestamp lies before the project's retention of {days} days"),
        ));
    }
    Ok(corrected)
}

/// Names are remembered and counted by: they are words, not texts.
fn check_name(category: Category, name: &str) -> Result<(), Invalid> {
    if name.len() <= MAX_NAME_BYTES {
        return Ok(());
    }
    let field = match category {
        Category::Behavior => "behavior_type",
        Category::Heatmap => "interaction_type",
        _ => "event_type",
    };
    let detail = format!("{field} is longer than {MAX_NAME_BYTES} bytes");
    Err(Invalid::new(Reason::InvalidField, detail))
}

fn check_properties(properties: Option<&str>) -> Result<(), Invalid> {
    match properties {
        Some(text) if text.len() > MAX_PROPERTIES_BYTES => Err(Invalid::new(
            Reason::TooLarge,
            format!("metadata is larger than {MAX_PROPERTIES_BYTES} bytes"),
        )),
        _ => Ok(()),
    }
}

/// Masks and cuts the texts of an event on this page.
fn scrub(new: &mut NewEvent, page: Option<&Page>, parameters: &QueryParameters) {
    let mask = |text: &mut Option<String>, max_bytes| {
        *text = text.take().map(|text| masked(text, max_bytes, parameters));
    };
    mask(&mut new.page_title, MAX_TEXT_BYTES);
    mask(&mut new.element.selector, MAX_TEXT_BYTES);
    mask(&mut new.element.text, MAX_TEXT_BYTES);
    let page_url = page.and_then(|page| page.url.as_deref());
    let referrer = new.referrer.take().filter(|referrer| !referrer.is_empty());
    new.referrer = referrer.map(|referrer| page::referrer(&referrer, page_url, parameters));
    new.friction = friction(new.category, &new.name, new.friction.take(), parameters);
    new.properties = properties(new.category, new.properties.take(), parameters);
}

/// What is kept of a text: masked before it is cut, since what is cut cannot be recognised.
fn masked(text: String, max_bytes: usize, parameters: &QueryParameters) -> String {
    let text = cut(text, 2 * max_bytes);
    cut(mask::text(&text, parameters).into_owned(), max_bytes)
}

/// Texts within the properties of what browsers send. Business events are about known customers, and keep
/// what their contract names.
fn properties(
    category: Category,
    properties: Option<String>,
    parameters: &QueryParameters,
) -> Option<String> {
    match category {
        Category::Customer | Category::Session | Category::System => properties,
        Category::Behavior
        | Category::Widget
        | Category::Friction
        | Category::Heatmap
        | Category::Performance => mask::json(&properties?, parameters, &UNMASKED),
    }
}

fn friction(
    category: Category,
    name: &str,
    given: Option<Friction>,
    parameters: &QueryParameters,
) -> Option<Friction> {
    if category != Category::Friction {
        return None;
    }
    let mut friction = given.unwrap_or_default();
    let kind = Kind::parse(name);
    let severity = friction
        .severity
        .as_deref()
        .and_then(Severity::parse)
        .or_else(|| kind.map(Kind::default_severity));
    friction.severity = severity.map(|severity| severity.as_str().to_owned());
    // Before errors are grouped: pages mask them, too, and the same error is one group either way.
    friction.error_message =
        friction.error_message.map(|text| masked(text, MAX_MESSAGE_BYTES, parameters));
    friction.stack = friction.stack.map(|text| masked(text, MAX_STACK_BYTES, parameters));
    let is_error =
        matches!(kind, Some(Kind::JavascriptError | Kind::UnhandledRejection | Kind::ErrorClick));
    friction.error_group = if is_error {
        error_group::group(friction.error_message.as_deref(), friction.stack.as_deref())
    } else {
        None
    };
    friction.screenshot_url = friction.screenshot_url.map(|text| cut(text, MAX_URL_BYTES));
    Some(friction)
}
