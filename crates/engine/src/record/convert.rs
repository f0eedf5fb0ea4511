//! Between the domain's types and those of the record format's versions.

use domain::event::{Device, Element, EventRef, Friction, Page, Place, Utm, Vitals};
use domain::id::{EventId, ProjectId};
use domain::outcome::{Contract, RejectionReason};
use domain::time::Timestamp;
use uuid::Uuid;

use super::codes::{CATEGORIES, by_code, category_code, contract_code, reason_code};
use super::{EventHead, RejectedRecord, Unreadable, v1};

impl<'a> From<&EventRef<'a>> for v1::Event<'a> {
    fn from(event: &EventRef<'a>) -> Self {
        Self {
            head: v1::EventHead {
                category: category_code(event.category),
                project_id: event.project_id.0.into_bytes(),
                id: event.id.0.into_bytes(),
                name: event.name,
                occurred_at: event.occurred_at.micros(),
                visitor_id: event.visitor_id,
                session_id: event.session_id,
                user_id: event.user_id,
                bot: event.bot,
            },
            received_at: event.received_at.micros(),
            client_at: event.client_at.map(Timestamp::micros),
            sent_at: event.sent_at.map(Timestamp::micros),
            seq: event.seq,
            page: v1::Page {
                url: event.page.url,
                path: event.page.path,
                title: event.page.title,
                referrer: event.page.referrer,
                utm: unless_empty(v1::Utm {
                    source: event.page.utm.source,
                    medium: event.page.utm.medium,
                    campaign: event.page.utm.campaign,
                    term: event.page.utm.term,
                    content: event.page.utm.content,
                }),
            },
            element: unless_empty(v1::Element {
                selector: event.element.selector,
                text: event.element.text,
                x: event.element.x,
                y: event.element.y,
                offset_x: event.element.element_x,
                offset_y: event.element.element_y,
                viewport_width: event.element.viewport_width,
                viewport_height: event.element.viewport_height,
                document_width: event.element.document_width,
                document_height: event.element.document_height,
            }),
            friction: event.friction.as_ref().map(|friction| v1::Friction {
                error_message: friction.error_message,
                stack: friction.stack,
                severity: friction.severity,
                screenshot_url: friction.screenshot_url,
                error_group: friction.error_group,
            }),
            vitals: event.vitals.map(|vitals| v1::Vitals {
                load_time: vitals.load_time,
                first_contentful_paint: vitals.first_contentful_paint,
                time_to_interactive: vitals.time_to_interactive,
                largest_contentful_paint: vitals.largest_contentful_paint,
                interaction_to_next_paint: vitals.interaction_to_next_paint,
                cumulative_layout_shift: vitals.cumulative_layout_shift,
                time_to_first_byte: vitals.time_to_first_byte,
            }),
            value: event.value,
            currency: event.currency,
            device: v1::Device {
                kind: event.device.kind,
                browser: event.device.browser,
                browser_version: event.device.browser_version,
                os: event.device.os,
                os_version: event.device.os_version,
            },
            place: v1::Place {
                country: event.place.country,
                region: event.place.region,
                city: event.place.city,
                masked_ip: event.place.masked_ip,
            },
            properties: event.properties,
        }
    }
}

impl<'a> TryFrom<v1::Event<'a>> for EventRef<'a> {
    type Error = Unreadable;

    fn try_from(event: v1::Event<'a>) -> Result<Self, Unreadable> {
        let EventHead {
            id,
            project_id,
            category,
            name,
            occurred_at,
            visitor_id,
            session_id,
            user_id,
            bot,
        } = event.head.try_into()?;
        let utm = event.page.utm.unwrap_or_default();
        let element = event.element.unwrap_or_default();
        Ok(Self {
            id,
            project_id,
            category,
            name,
            occurred_at,
            client_at: event.client_at.map(Timestamp::from_micros),
            sent_at: event.sent_at.map(Timestamp::from_micros),
            received_at: Timestamp::from_micros(event.received_at),
            seq: event.seq,
            visitor_id,
            session_id,
            user_id,
            page: Page {
                url: event.page.url,
                path: event.page.path,
                title: event.page.title,
                referrer: event.page.referrer,
                utm: Utm {
                    source: utm.source,
                    medium: utm.medium,
                    campaign: utm.campaign,
                    term: utm.term,
                    content: utm.content,
                },
            },
            element: Element {
                selector: element.selector,
                text: element.text,
                x: element.x,
                y: element.y,
                element_x: element.offset_x,
                element_y: element.offset_y,
                viewport_width: element.viewport_width,
                viewport_height: element.viewport_height,
                document_width: element.document_width,
                document_height: element.document_height,
            },
            friction: event.friction.map(|friction| Friction {
                error_message: friction.error_message,
                stack: friction.stack,
                severity: friction.severity,
                screenshot_url: friction.screenshot_url,
                error_group: friction.error_group,
            }),
            vitals: event.vitals.map(|vitals| Vitals {
                load_time: vitals.load_time,
                first_contentful_paint: vitals.first_contentful_paint,
                time_to_interactive: vitals.time_to_interactive,
                largest_contentful_paint: vitals.largest_contentful_paint,
                interaction_to_next_paint: vitals.interaction_to_next_paint,
                cumulative_layout_shift: vitals.cumulative_layout_shift,
                time_to_first_byte: vitals.time_to_first_byte,
            }),
            value: event.value,
            currency: event.currency,
            device: Device {
                kind: event.device.kind,
                browser: event.device.browser,
                browser_version: event.device.browser_version,
                os: event.device.os,
                os_version: event.device.os_version,
            },
            place: Place {
                country: event.place.country,
                region: event.place.region,
                city: event.place.city,
                masked_ip: event.place.masked_ip,
            },
            properties: event.properties,
            bot,
        })
    }
}

impl<'a> TryFrom<v1::EventHead<'a>> for EventHead<'a> {
    type Error = Unreadable;

    fn try_from(head: v1::EventHead<'a>) -> Result<Self, Unreadable> {
        Ok(Self {
            id: EventId(Uuid::from_bytes(head.id)),
            project_id: ProjectId(Uuid::from_bytes(head.project_id)),
            category: by_code("category", CATEGORIES, category_code, head.category)?,
            name: head.name,
            occurred_at: Timestamp::from_micros(head.occurred_at),
            visitor_id: head.visitor_id,
            session_id: head.session_id,
            user_id: head.user_id,
            bot: head.bot,
        })
    }
}

impl<'a> From<&RejectedRecord<'a>> for v1::Rejected<'a> {
    fn from(refused: &RejectedRecord<'a>) -> Self {
        Self {
            project_id: refused.project_id.0.into_bytes(),
            received_at: refused.received_at.micros(),
            contract: contract_code(refused.contract),
            reason: reason_code(refused.reason),
            detail: refused.detail,
            count: refused.count,
            bytes: refused.bytes,
        }
    }
}

impl<'a> TryFrom<v1::Rejected<'a>> for RejectedRecord<'a> {
    type Error = Unreadable;

    fn try_from(refused: v1::Rejected<'a>) -> Result<Self, Unreadable> {
        Ok(Self {
            project_id: ProjectId(Uuid::from_bytes(refused.project_id)),
            received_at: Timestamp::from_micros(refused.received_at),
            contract: by_code("contract", Contract::ALL, contract_code, refused.contract)?,
            reason: by_code("reason", RejectionReason::ALL, reason_code, refused.reason)?,
            detail: refused.detail,
            count: refused.count,
            bytes: refused.bytes,
        })
    }
}

fn unless_empty<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}
