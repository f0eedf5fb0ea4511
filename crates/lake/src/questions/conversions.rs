//! The orders and bookings of a question, each once.

use std::collections::HashMap;

use domain::money::{Currency, Money};
use domain::question::funnel::PurchaseKind;
use domain::question::{Conversion, ConversionFold, ConversionReport, purchase_id};
use engine::ports::lake::Error;

use super::scope::CURRENT;
use crate::query::{Params, QueryResult, Question};

/// Orders and bookings of one session.
#[derive(Debug, Default)]
pub(super) struct SessionConversions {
    pub(super) count: u64,
    pub(super) amounts: Vec<Money>,
}

/// Reads the reports among the events that meet `conditions`: of the period before, and of the period.
pub(super) async fn conversions(
    question: &Question,
    conditions: &str,
    values: Params,
) -> Result<[Vec<Conversion>; 2], Error> {
    let sql = statement(conditions);
    let mut rows = question.stream(&sql, values).await?;
    let mut folds = [ConversionFold::default(), ConversionFold::default()];
    while let Some(batch) = rows.next().await? {
        for row in batch.rows() {
            let Some(report) = report(&batch, row) else { continue };
            let fold = &mut folds[usize::from(batch.count("is_current", row) > 0)];
            fold.add(report).map_err(|_| Error::Limit { limit: "memory" })?;
        }
    }
    Ok(folds.map(ConversionFold::finish))
}

/// The conversions of each session, and how many name none.
pub(super) fn by_session(conversions: Vec<Conversion>) -> (HashMap<i64, SessionConversions>, u64) {
    let mut sessions: HashMap<i64, SessionConversions> = HashMap::new();
    let mut unattributed = 0;
    for conversion in conversions {
        let Some(session) = conversion.session else {
            unattributed += 1;
            continue;
        };
        let session = sessions.entry(session).or_default();
        session.count += 1;
        session.amounts.extend(conversion.amount);
    }
    (sessions, unattributed)
}

/// The conversions themselves by session, and how many name none.
pub(super) fn lists_by_session(
    conversions: Vec<Conversion>,
) -> (HashMap<i64, Vec<Conversion>>, u64) {
    let mut sessions: HashMap<i64, Vec<Conversion>> = HashMap::new();
    let mut unattributed = 0;
    for conversion in conversions {
        match conversion.session {
            Some(session) => sessions.entry(session).or_default().push(conversion),
            None => unattributed += 1,
        }
    }
    (sessions, unattributed)
}

fn statement(conditions: &str) -> String {
    let [order, booking] =
        [PurchaseKind::Order, PurchaseKind::Booking].map(PurchaseKind::event_name);
    format!(
        "SELECT {CURRENT} AS is_current, name, id, occurred_at, session_hash, visitor_hash, value,
                currency, properties
         FROM events
         WHERE {conditions} AND category = 'customer' AND name IN ('{order}', '{booking}')
         ORDER BY occurred_at, received_at, id",
    )
}

fn report(rows: &QueryResult, row: usize) -> Option<ConversionReport> {
    let name = rows.text("name", row)?;
    let kind = [PurchaseKind::Order, PurchaseKind::Booking]
        .into_iter()
        .find(|kind| kind.event_name() == name)?;
    let properties = rows.text("properties", row);
    let id = purchase_id(kind, properties.as_deref()).or_else(|| rows.text("id", row))?;
    let currency = rows.text("currency", row).and_then(|code| Currency::parse(&code).ok());
    let currency = currency.unwrap_or_else(Currency::none);
    let value = rows.double("value", row);
    Some(ConversionReport {
        kind,
        id,
        at: rows.instant("occurred_at", row),
        session: rows.integer("session_hash", row),
        visitor: rows.integer("visitor_hash", row),
        amount: value.and_then(|value| Money::from_major(value, currency).ok()),
    })
}
