//! The figures of a person in answers.

use domain::money::Money;
use engine::ports::catalog::{PersonFigures, PurchaseRow, PurchaseTotal, SessionShare};
use serde::Serialize;
use utoipa::ToSchema;

use crate::admin::Amount;

/// How often a person came and called, what they bought, on what and where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonFigures)]
pub(super) struct FiguresAnswer {
    sessions: u64,
    recordings: u64,
    /// In their sessions.
    calls: u64,
    orders: PurchaseTotalAnswer,
    bookings: PurchaseTotalAnswer,
    /// Orders and bookings, latest first, 50 at most.
    purchases: Vec<PurchaseAnswer>,
    /// Most sessions first, 10 at most.
    devices: Vec<DeviceShare>,
    /// Most sessions first, 10 at most.
    places: Vec<PlaceShare>,
}

/// Orders or bookings of a person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PurchaseTotal)]
pub(super) struct PurchaseTotalAnswer {
    /// With or without an amount.
    count: u64,
    /// One sum a currency.
    amounts: Vec<Amount>,
}

/// An order or a booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Purchase)]
pub(super) struct PurchaseAnswer {
    /// The site's id for it.
    id: String,
    /// `order` or `booking`.
    #[schema(value_type = String)]
    kind: &'static str,
    /// The service that was booked.
    service: Option<String>,
    amount: Option<Amount>,
    /// As the site says, else `completed`.
    status: String,
    #[schema(format = DateTime)]
    at: String,
}

/// A kind of device, and how many sessions were on it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonDevice)]
pub(super) struct DeviceShare {
    /// `desktop`, `mobile` or `tablet`.
    device: Option<String>,
    browser: Option<String>,
    os: Option<String>,
    sessions: u64,
    #[schema(format = DateTime)]
    last_at: String,
}

/// A place, and how many sessions were from there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonPlace)]
pub(super) struct PlaceShare {
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    city: Option<String>,
    sessions: u64,
    #[schema(format = DateTime)]
    last_at: String,
}

impl From<PersonFigures> for FiguresAnswer {
    fn from(figures: PersonFigures) -> Self {
        Self {
            sessions: figures.sessions,
            recordings: figures.recordings,
            calls: figures.calls,
            orders: figures.orders.into(),
            bookings: figures.bookings.into(),
            purchases: figures.purchases.into_iter().map(Into::into).collect(),
            devices: figures.devices.into_iter().map(Into::into).collect(),
            places: figures.places.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<PurchaseTotal> for PurchaseTotalAnswer {
    fn from(total: PurchaseTotal) -> Self {
        let amounts = total.amounts.into_iter();
        let amounts = amounts.map(|(currency, minor)| Money { minor, currency }.into());
        Self { count: total.count, amounts: amounts.collect() }
    }
}

impl From<PurchaseRow> for PurchaseAnswer {
    fn from(row: PurchaseRow) -> Self {
        Self {
            id: row.id,
            kind: if row.is_booking { "booking" } else { "order" },
            service: row.service,
            amount: row.amount.map(Into::into),
            status: row.status,
            at: row.at.to_rfc3339(),
        }
    }
}

impl From<SessionShare> for DeviceShare {
    fn from(share: SessionShare) -> Self {
        let mut parts = share.parts.into_iter().map(Option::unwrap_or_default);
        let mut part = || parts.next().filter(|part| !part.is_empty());
        let (device, browser, os) = (part(), part(), part());
        Self { device, browser, os, sessions: share.sessions, last_at: share.last_at.to_rfc3339() }
    }
}

impl From<SessionShare> for PlaceShare {
    fn from(share: SessionShare) -> Self {
        let mut parts = share.parts.into_iter().map(Option::unwrap_or_default);
        let mut part = || parts.next().filter(|part| !part.is_empty());
        let (country, city) = (part(), part());
        Self { country, city, sessions: share.sessions, last_at: share.last_at.to_rfc3339() }
    }
}
