//! Personal data leaves an event: its texts are masked, and cut.

use std::borrow::Cow;

use domain::error_group;
use domain::event::{Category, Friction, NewEvent};
use domain::friction::{Kind, Severity};
use domain::limits::{MAX_MESSAGE_BYTES, MAX_STACK_BYTES, MAX_TEXT_BYTES, MAX_URL_BYTES, cut_cow};
use domain::page;
use domain::privacy::{QueryParameters, mask};

use super::context::Context;

/// Longest name of a device or browser, in bytes.
const MAX_DEVICE_BYTES: usize = 64;
/// Members of properties that name things and programs.
const UNMASKED: [&str; 2] = ["property_id", "user_agent"];

/// Masks and cuts the texts of an event whose page has been read.
pub(super) fn scrub(new: &mut NewEvent<Cow<'_, str>>, context: &Context<'_>) {
    let parameters = &context.policy.parameters;
    mask_in(&mut new.page_title, MAX_TEXT_BYTES, parameters);
    mask_in(&mut new.element.selector, MAX_TEXT_BYTES, parameters);
    mask_in(&mut new.element.text, MAX_TEXT_BYTES, parameters);
    if let Some(device) = &mut new.device {
        for text in [&mut device.kind, &mut device.browser, &mut device.browser_version] {
            mask_in(text, MAX_DEVICE_BYTES, parameters);
        }
    }
    let referrer = new.referrer.take().filter(|referrer| !referrer.is_empty());
    new.referrer = referrer.and_then(|referrer| scrubbed_referrer(&referrer, context));
    if new.category == Category::Friction {
        scrub_friction(&new.name, new.friction.get_or_insert_default(), parameters);
    } else {
        new.friction = None;
    }
    scrub_properties(new.category, &mut new.properties, parameters);
}

/// Visitors mostly come from another page of the site.
fn scrubbed_referrer(referrer: &str, context: &Context<'_>) -> Option<Cow<'static, str>> {
    let page = context.page.as_ref().and_then(|page| page.url.as_deref());
    let from = context.pages.page(referrer, &context.policy.parameters);
    from.url.as_deref().map(|url| Cow::Owned(page::referrer(url, page).to_owned()))
}

/// Puts what is kept of a text in its place: masked before it is cut, since what is cut cannot be recognised.
fn mask_in(text: &mut Option<Cow<'_, str>>, max_bytes: usize, parameters: &QueryParameters) {
    let Some(found) = text.take() else { return };
    let found = cut_cow(found, 2 * max_bytes);
    let masked = match mask::text(&found, parameters) {
        Cow::Borrowed(_) => found,
        Cow::Owned(masked) => Cow::Owned(masked),
    };
    *text = Some(cut_cow(masked, max_bytes));
}

/// Texts within the properties of what browsers send. Business events are about known customers, and keep
/// what their contract names.
fn scrub_properties(
    category: Category,
    properties: &mut Option<Cow<'_, str>>,
    parameters: &QueryParameters,
) {
    match category {
        Category::Customer | Category::Session | Category::System => {}
        Category::Behavior
        | Category::Widget
        | Category::Friction
        | Category::Heatmap
        | Category::Performance
        | Category::Form => {
            let Some(found) = properties.take() else { return };
            *properties = match mask::json(&found, parameters, &UNMASKED) {
                Some(Cow::Owned(masked)) => Some(Cow::Owned(masked)),
                Some(Cow::Borrowed(_)) => Some(found),
                None => None,
            };
        }
    }
}

fn scrub_friction(name: &str, friction: &mut Friction<Cow<'_, str>>, parameters: &QueryParameters) {
    let kind = Kind::parse(name);
    let severity = friction
        .severity
        .as_deref()
        .and_then(Severity::parse)
        .or_else(|| kind.map(Kind::default_severity));
    friction.severity = severity.map(|severity| Cow::Borrowed(severity.as_str()));
    // Before errors are grouped: pages mask them, too, and the same error is one group either way.
    mask_in(&mut friction.error_message, MAX_MESSAGE_BYTES, parameters);
    mask_in(&mut friction.stack, MAX_STACK_BYTES, parameters);
    let is_error =
        matches!(kind, Some(Kind::JavascriptError | Kind::UnhandledRejection | Kind::ErrorClick));
    friction.error_group = if is_error {
        error_group::group(friction.error_message.as_deref(), friction.stack.as_deref())
            .map(Cow::Owned)
    } else {
        None
    };
    friction.screenshot_url =
        friction.screenshot_url.take().map(|text| cut_cow(text, MAX_URL_BYTES));
}
