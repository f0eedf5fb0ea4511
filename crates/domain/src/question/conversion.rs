//! Conversions: orders and bookings, each counted once.
//!
//! # Definitions
//!
//! A conversion is an order (`order.placed`) or a booking (`booking.completed`) that customer events report. Its id is the
//! site's own (`order_id` or `booking_id`, else `id`, of the event's data), else the event's; reports of one kind and id
//! are one conversion. Of its reports in the period, in the order of their instants, the first says when it happened, the
//! first that names a session (a visitor, an amount) says in which session it happened (by which visitor, of what
//! amount). So an order that the page reports with its session and the server reports with its amount is one conversion
//! with both.

use std::collections::HashMap;

use super::funnel::PurchaseKind;
use crate::customer_fact::{BOOKING_ID, ORDER_ID};
use crate::money::Money;
use crate::time::Timestamp;

/// Conversions of one answer that are remembered, at most.
pub const MAX_CONVERSIONS: usize = 1 << 20;

/// There are too many conversions for the memory of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {MAX_CONVERSIONS} orders and bookings")]
pub struct TooManyPurchases;

/// An event that reports an order or a booking.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversionReport {
    /// Which of the two.
    pub kind: PurchaseKind,
    /// Its name among all of its kind.
    pub id: String,
    /// When it happened.
    pub at: Timestamp,
    /// Names the session.
    pub session: Option<i64>,
    /// Names the visitor.
    pub visitor: Option<i64>,
    /// The amount.
    pub amount: Option<Money>,
}

/// An order or a booking.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// Which of the two.
    pub kind: PurchaseKind,
    /// When it happened.
    pub at: Timestamp,
    /// Names the session it happened in.
    pub session: Option<i64>,
    /// Names the visitor.
    pub visitor: Option<i64>,
    /// The amount.
    pub amount: Option<Money>,
}

/// The id that the site gave an order or booking, from the event's properties.
pub fn purchase_id(kind: PurchaseKind, properties: Option<&str>) -> Option<String> {
    let names = match kind {
        PurchaseKind::Order => ORDER_ID,
        PurchaseKind::Booking => BOOKING_ID,
    };
    crate::customer::data_text(properties?, names)
}

/// Joins reports to conversions.
#[derive(Debug, Default)]
pub struct ConversionFold {
    found: HashMap<(PurchaseKind, String), usize>,
    conversions: Vec<Conversion>,
}

impl ConversionFold {
    /// Adds a report that happened no earlier than those before.
    ///
    /// # Errors
    ///
    /// When there are more conversions than can be remembered.
    pub fn add(&mut self, report: ConversionReport) -> Result<(), TooManyPurchases> {
        let ConversionReport { kind, id, at, session, visitor, amount } = report;
        let next = self.conversions.len();
        let index = *self.found.entry((kind, id)).or_insert(next);
        if let Some(conversion) = self.conversions.get_mut(index) {
            conversion.session = conversion.session.or(session);
            conversion.visitor = conversion.visitor.or(visitor);
            conversion.amount = conversion.amount.take().or(amount);
            return Ok(());
        }
        if next == MAX_CONVERSIONS {
            return Err(TooManyPurchases);
        }
        self.conversions.push(Conversion { kind, at, session, visitor, amount });
        Ok(())
    }

    /// All conversions, in the order of their first reports.
    pub fn finish(self) -> Vec<Conversion> {
        self.conversions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn report(kind: PurchaseKind, id: &str, second: i64) -> ConversionReport {
        let at = Timestamp::from_seconds(second);
        ConversionReport { kind, id: id.into(), at, session: None, visitor: None, amount: None }
    }

    fn tzs(amount: f64) -> Money {
        let currency = Currency::parse("TZS").expect("a currency");
        Money::from_major(amount, currency).expect("an amount")
    }

    /// The server reports A-1 without a session first, the page with one and another amount after it.
    #[test]
    fn reports_of_one_id_are_one_conversion() {
        let mut fold = ConversionFold::default();
        let order = PurchaseKind::Order;
        for it in [
            ConversionReport { amount: Some(tzs(500.0)), ..report(order, "A-1", 10) },
            ConversionReport {
                session: Some(1),
                amount: Some(tzs(7.0)),
                ..report(order, "A-1", 12)
            },
            ConversionReport { session: Some(2), visitor: Some(9), ..report(order, "A-1", 14) },
            report(PurchaseKind::Booking, "A-1", 20),
            ConversionReport { session: Some(1), ..report(order, "A-2", 30) },
        ] {
            fold.add(it).expect("few");
        }
        let at = Timestamp::from_seconds;
        assert_eq!(
            fold.finish(),
            [
                Conversion {
                    kind: PurchaseKind::Order,
                    at: at(10),
                    session: Some(1),
                    visitor: Some(9),
                    amount: Some(tzs(500.0))
                },
                Conversion {
                    kind: PurchaseKind::Booking,
                    at: at(20),
                    session: None,
                    visitor: None,
                    amount: None
                },
                Conversion {
                    kind: PurchaseKind::Order,
                    at: at(30),
                    session: Some(1),
                    visitor: None,
                    amount: None
                },
            ]
        );
    }

    #[test]
    fn an_id_is_the_sites_own_of_the_events_data() {
        let id = |kind, text: &str| purchase_id(kind, Some(text));
        let (order, booking) = (PurchaseKind::Order, PurchaseKind::Booking);
        let both = r#"{"event_data": {"id": 7, "order_id": " A-1 ", "booking_id": "B-1"}}"#;
        assert_eq!(id(order, both).as_deref(), Some("A-1"));
        assert_eq!(id(booking, both).as_deref(), Some("B-1"));
        assert_eq!(id(booking, r#"{"event_data": {"id": 7}}"#).as_deref(), Some("7"));
        for none in ["", "7", "{", r#"{"id": 7}"#, r#"{"event_data": {"order_id": ""}}"#] {
            assert_eq!(id(order, none), None, "{none}");
        }
        assert_eq!(purchase_id(order, None), None);
    }
}
