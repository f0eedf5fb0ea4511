//! The visit of a customer event, with the device and the browser that its sender names.

use domain::event::Device;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::lenient::LenientText;

/// The visit it was done in.
#[derive(Deserialize, ToSchema)]
#[schema(as = CustomerEventSession)]
pub(super) struct ReportedSession {
    #[serde(rename = "session_id")]
    pub(super) id: Option<LenientText>,
    /// Any JSON. A text, or the `type` of an object, such as `mobile`, is the event's device where the user
    /// agent says less.
    device: Option<Value>,
    /// Any JSON. A text, or the `name` of an object, such as `Chrome 142`, is the event's browser likewise.
    browser: Option<Value>,
}

impl ReportedSession {
    pub(super) fn browser(&self) -> ReportedBrowser<'_> {
        ReportedBrowser { device: self.device.as_ref(), browser: self.browser.as_ref() }
    }

    /// Device and browser by the words people use for them.
    pub(super) fn device(&self) -> Option<Device> {
        let browser = self.browser.as_ref().and_then(|value| name_of(value, "name"));
        let (browser, browser_version) = match browser.as_deref().and_then(|it| it.rsplit_once(' '))
        {
            Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
                (Some(name.to_owned()), Some(version.to_owned()))
            }
            _ => (browser, None),
        };
        let kind = self.device.as_ref().and_then(|value| name_of(value, "type"));
        let kind = kind.map(|kind| match &*kind.to_lowercase() {
            "phone" | "smartphone" => "mobile".to_owned(),
            "pc" | "computer" | "laptop" => "desktop".to_owned(),
            other => other.to_owned(),
        });
        (kind.is_some() || browser.is_some()).then(|| Device {
            kind,
            browser,
            browser_version,
            ..Device::default()
        })
    }
}

/// A value's text, or that of one of its members.
fn name_of(value: &Value, member: &str) -> Option<String> {
    let text = value.as_str().or_else(|| value.get(member)?.as_str())?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What is kept of the visit beside its id.
#[derive(Serialize)]
pub(super) struct ReportedBrowser<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    browser: Option<&'a Value>,
}
