//! From owned texts to borrowed ones, and back.

use std::borrow::Cow;
use std::ops::Deref;

use super::{Device, Element, Event, EventRef, Friction, Page, Place, Utm};

impl<Text> Event<Text> {
    /// The same event with other texts.
    fn map<'a, To>(&'a self, to: &impl Fn(&'a Text) -> To) -> Event<To> {
        let map = |text: &'a Option<Text>| text.as_ref().map(to);
        Event {
            id: self.id,
            project_id: self.project_id,
            category: self.category,
            name: to(&self.name),
            occurred_at: self.occurred_at,
            client_at: self.client_at,
            sent_at: self.sent_at,
            received_at: self.received_at,
            seq: self.seq,
            visitor_id: map(&self.visitor_id),
            session_id: map(&self.session_id),
            user_id: map(&self.user_id),
            page: self.page.map(to),
            element: self.element.map(to),
            friction: self.friction.as_ref().map(|friction| friction.map(to)),
            vitals: self.vitals,
            value: self.value,
            currency: map(&self.currency),
            device: self.device.map(to),
            place: self.place.map(to),
            properties: map(&self.properties),
            bot: map(&self.bot),
        }
    }
}

impl Event {
    /// The event with its texts borrowed from this one.
    pub fn borrowed(&self) -> EventRef<'_> {
        self.map(&String::as_str)
    }
}

impl EventRef<'_> {
    /// The event with texts of its own.
    pub fn owned(&self) -> Event {
        self.map(&|text| (*text).to_owned())
    }
}

impl<Text: Deref<Target = str>> Element<Text> {
    /// The element with its texts borrowed from this one.
    pub fn borrowed(&self) -> Element<&str> {
        self.map(&|text| &**text)
    }
}

impl<Text: Deref<Target = str>> Friction<Text> {
    /// The friction with its texts borrowed from this one.
    pub fn borrowed(&self) -> Friction<&str> {
        self.map(&|text| &**text)
    }
}

impl From<Element> for Element<Cow<'_, str>> {
    fn from(element: Element) -> Self {
        Self {
            selector: element.selector.map(Cow::Owned),
            text: element.text.map(Cow::Owned),
            x: element.x,
            y: element.y,
            element_x: element.element_x,
            element_y: element.element_y,
            viewport_width: element.viewport_width,
            viewport_height: element.viewport_height,
            document_width: element.document_width,
            document_height: element.document_height,
        }
    }
}

impl From<Device> for Device<Cow<'_, str>> {
    fn from(device: Device) -> Self {
        Self {
            kind: device.kind.map(Cow::Owned),
            browser: device.browser.map(Cow::Owned),
            browser_version: device.browser_version.map(Cow::Owned),
            os: device.os.map(Cow::Owned),
            os_version: device.os_version.map(Cow::Owned),
        }
    }
}

impl From<Friction> for Friction<Cow<'_, str>> {
    fn from(friction: Friction) -> Self {
        Self {
            error_message: friction.error_message.map(Cow::Owned),
            stack: friction.stack.map(Cow::Owned),
            severity: friction.severity.map(Cow::Owned),
            screenshot_url: friction.screenshot_url.map(Cow::Owned),
            error_group: friction.error_group.map(Cow::Owned),
        }
    }
}

impl Page {
    /// The page with its texts borrowed from this one.
    pub fn borrowed(&self) -> Page<&str> {
        self.map(&String::as_str)
    }
}

impl<Text: Deref<Target = str>> Device<Text> {
    /// The device with its texts borrowed from this one.
    pub fn borrowed(&self) -> Device<&str> {
        self.map(&|text| &**text)
    }
}

impl Device<&str> {
    /// The device with texts of its own.
    pub fn owned(&self) -> Device {
        self.map(&|text| (*text).to_owned())
    }
}

impl Place {
    /// The place with its texts borrowed from this one.
    pub fn borrowed(&self) -> Place<&str> {
        self.map(&String::as_str)
    }
}

impl Place<&str> {
    /// The place with texts of its own.
    pub fn owned(&self) -> Place {
        self.map(&|text| (*text).to_owned())
    }
}

impl<Text> Page<Text> {
    fn map<'a, To>(&'a self, to: &impl Fn(&'a Text) -> To) -> Page<To> {
        Page {
            url: self.url.as_ref().map(to),
            path: self.path.as_ref().map(to),
            title: self.title.as_ref().map(to),
            referrer: self.referrer.as_ref().map(to),
            utm: self.utm.map(to),
        }
    }
}

impl<Text> Utm<Text> {
    fn map<'a, To>(&'a self, to: &impl Fn(&'a Text) -> To) -> Utm<To> {
        Utm {
            source: self.source.as_ref().map(to),
            medium: self.medium.as_ref().map(to),
            campaign: self.campaign.as_ref().map(to),
            term: self.term.as_ref().map(to),
            content: self.content.as_ref().map(to),
        }
    }
}

impl<Text> Element<Text> {
    fn map<'a, To>(&'a self, to: &impl Fn(&'a Text) -> To) -> Element<To> {
        Element {
            selector: self.selector.as_ref().map(to),
            text: self.text.as_ref().map(to),
            x: self.x,
            y: self.y,
            element_x: self.element_x,
            element_y: self.element_y,
            viewport_width: self.viewport_width,
            viewport_height: self.viewport_height,
            document_width: self.document_width,
            document_height: self.document_height,
        }
    }
}

impl<Text> Friction<Text> {
    fn map<'a, To>(&'a self, to: &impl Fn(&'a Text) -> To) -> Friction<To> {
        Friction {
            error_message: self.error_message.as_ref().map(to),
            stack: self.stack.as_ref().map(to),
            severity: self.severity.as_ref().map(to),
            screenshot_url: self.screenshot_url.as_ref().map(to),
            error_group: self.error_group.as_ref().map(to),
        }
    }
}

impl<Text> Device<Text> {
    fn map<'a, To>(&'a self, to: &impl Fn(&'a Text) -> To) -> Device<To> {
        Device {
            kind: self.kind.as_ref().map(to),
            browser: self.browser.as_ref().map(to),
            browser_version: self.browser_version.as_ref().map(to),
            os: self.os.as_ref().map(to),
            os_version: self.os_version.as_ref().map(to),
        }
    }
}

impl<Text> Place<Text> {
    fn map<'a, To>(&'a self, to: &impl Fn(&'a Text) -> To) -> Place<To> {
        Place {
            country: self.country.as_ref().map(to),
            region: self.region.as_ref().map(to),
            city: self.city.as_ref().map(to),
            masked_ip: self.masked_ip.as_ref().map(to),
        }
    }
}
