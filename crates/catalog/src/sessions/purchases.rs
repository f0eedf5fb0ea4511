//! The rows of orders, bookings and reviews.

use std::collections::{BTreeMap, BTreeSet};

use domain::customer_fact::{CustomerAction, CustomerFact, Purchase};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::summary_cache::SummaryCache;
use crate::bulk::{self, Value};
use crate::row_ext::RowExt;

const STORED_ORDERS: &str =
    "SELECT user_id, id FROM orders WHERE project_id = $1 AND (user_id, id) IN (KEYS)";
const STORED_BOOKINGS: &str =
    "SELECT user_id, id FROM service_bookings WHERE project_id = $1 AND (user_id, id) IN (KEYS)";
const STORED_REVIEWS: &str =
    "SELECT user_id, id FROM reviews WHERE project_id = $1 AND (user_id, id) IN (KEYS)";

/// A customer, and the id of what they did.
type Id<'a> = (&'a str, &'a str);
/// Orders or bookings, each with the latest event about it.
type Latest<'a> = BTreeMap<Id<'a>, (&'a CustomerFact, &'a Purchase)>;

/// Orders, bookings and reviews of one project's batch.
#[derive(Default)]
struct ProjectPurchases<'a> {
    orders: Latest<'a>,
    bookings: Latest<'a>,
    reviews: BTreeSet<Id<'a>>,
}

impl<'a> ProjectPurchases<'a> {
    fn add(&mut self, fact: &'a CustomerFact) {
        match &fact.action {
            CustomerAction::Order(purchase) => keep_latest(&mut self.orders, fact, purchase),
            CustomerAction::Booking(purchase) => keep_latest(&mut self.bookings, fact, purchase),
            CustomerAction::Review(id) => {
                self.reviews.insert((&fact.user_id, id));
            }
            CustomerAction::Login | CustomerAction::Registration | CustomerAction::Other => {}
        }
    }
}

fn keep_latest<'a>(all: &mut Latest<'a>, fact: &'a CustomerFact, purchase: &'a Purchase) {
    let stored = all.entry((&fact.user_id, &purchase.id)).or_insert((fact, purchase));
    if (stored.0.at, stored.0.event_id) < (fact.at, fact.event_id) {
        *stored = (fact, purchase);
    }
}

/// Stores orders, bookings and reviews and counts new ones. Of several events
/// about the same one, the latest wins.
pub(super) async fn put(
    connection: &mut AnyConnection,
    facts: &[CustomerFact],
    summaries: &mut SummaryCache,
) -> Result<(), Error> {
    let mut by_project: BTreeMap<ProjectId, ProjectPurchases<'_>> = BTreeMap::new();
    for fact in facts {
        by_project.entry(fact.project_id).or_default().add(fact);
    }
    for (project, ProjectPurchases { orders, bookings, reviews }) in by_project {
        for user_id in
            new(connection, project, STORED_ORDERS, orders.keys().copied().collect()).await?
        {
            summaries.of(connection, project, user_id).await?.total_orders += 1;
        }
        put_orders(connection, &orders).await?;
        for user_id in
            new(connection, project, STORED_BOOKINGS, bookings.keys().copied().collect()).await?
        {
            summaries.of(connection, project, user_id).await?.total_bookings += 1;
        }
        put_bookings(connection, &bookings).await?;
        for user_id in
            new(connection, project, STORED_REVIEWS, reviews.iter().copied().collect()).await?
        {
            summaries.of(connection, project, user_id).await?.total_reviews += 1;
        }
        put_reviews(connection, project, &reviews).await?;
    }
    Ok(())
}

/// Returns the customer of each id that is not stored yet.
async fn new<'a>(
    connection: &mut AnyConnection,
    project: ProjectId,
    stored: &'static str,
    ids: Vec<Id<'a>>,
) -> Result<Vec<&'a str>, Error> {
    let keys: Vec<_> =
        ids.iter().map(|(user_id, id)| [Value::from(*user_id), Value::from(*id)]).collect();
    let rows = bulk::select(connection, stored, project, &keys).await?;
    let known = rows.iter().map(|row| Ok((row.text("user_id")?, row.text("id")?)));
    let known: BTreeSet<(String, String)> = known.collect::<Result<_, Error>>()?;
    let is_new =
        |(user_id, id): &Id<'a>| !known.contains(&((*user_id).to_owned(), (*id).to_owned()));
    Ok(ids.into_iter().filter(is_new).map(|(user_id, _)| user_id).collect())
}

async fn put_orders(connection: &mut AnyConnection, orders: &Latest<'_>) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO orders (project_id, user_id, id, event_id, total_amount, currency, status,
                             created_at)",
        "ON CONFLICT (project_id, user_id, id)
         DO UPDATE SET event_id = excluded.event_id, total_amount = excluded.total_amount,
           currency = excluded.currency, status = excluded.status,
           created_at = excluded.created_at
         WHERE orders.created_at < excluded.created_at
            OR (orders.created_at = excluded.created_at AND orders.event_id < excluded.event_id)",
        orders.values().map(|(fact, purchase)| order(fact, purchase)).collect(),
    )
    .await?;
    Ok(())
}

async fn put_bookings(connection: &mut AnyConnection, bookings: &Latest<'_>) -> Result<(), Error> {
    let rows = bookings.values().map(|(fact, purchase)| {
        let [project, user, id, event, amount, currency, status, at] = order(fact, purchase);
        let service = purchase.service.clone().into();
        [project, user, id, event, amount, currency, status, at, service]
    });
    bulk::insert(
        connection,
        "INSERT INTO service_bookings (project_id, user_id, id, event_id, total_amount, currency,
                                       status, created_at, service)",
        "ON CONFLICT (project_id, user_id, id)
         DO UPDATE SET event_id = excluded.event_id, total_amount = excluded.total_amount,
           currency = excluded.currency, status = excluded.status,
           created_at = excluded.created_at, service = excluded.service
         WHERE service_bookings.created_at < excluded.created_at
            OR (service_bookings.created_at = excluded.created_at
                AND service_bookings.event_id < excluded.event_id)",
        rows.collect(),
    )
    .await?;
    Ok(())
}

async fn put_reviews(
    connection: &mut AnyConnection,
    project: ProjectId,
    reviews: &BTreeSet<Id<'_>>,
) -> Result<(), Error> {
    let rows =
        reviews.iter().map(|(user_id, id)| [project.into(), (*user_id).into(), (*id).into()]);
    let into = "INSERT INTO reviews (project_id, user_id, id)";
    let on_conflict = "ON CONFLICT (project_id, user_id, id) DO NOTHING";
    bulk::insert(connection, into, on_conflict, rows.collect()).await?;
    Ok(())
}

fn order(fact: &CustomerFact, purchase: &Purchase) -> [Value; 8] {
    let amount = purchase.amount.as_ref();
    [
        fact.project_id.into(),
        fact.user_id.as_str().into(),
        purchase.id.as_str().into(),
        fact.event_id.to_string().into(),
        amount.map(|amount| amount.minor).into(),
        amount.map(|amount| amount.currency.as_str().to_owned()).into(),
        purchase.status.as_str().into(),
        fact.at.into(),
    ]
}
