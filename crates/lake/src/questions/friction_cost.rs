//! Question: how many conversions, and how much money, did friction cost?

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array, Int64Array, TimestampMicrosecondArray};
use domain::money::Currency;
use domain::question::friction_cost::{
    CostStratum, CostedItem, FrictionCostList, SessionOutcomes, friction_cost,
};
use domain::question::{Conversion, Scope};
use domain::time::Timestamp;
use engine::ports::lake::Error;
use futures::try_join;

use super::conversions::conversions;
use super::friction_items::list;
use super::scope::{CURRENT, PAGE_VIEW, PeriodScope, conditions, is_friction, item_keys, params};
use super::session_filters::{IN_ORDER, whole};
use crate::query::{Params, QueryResult, Question};

/// The sessions that converted, with the last conversion's instant and amount.
const CONVERTED: &str = "converted_sessions";
/// The key of an item: its element or its error group.
type ItemKey = (Option<String>, Option<String>);
/// The key of a stratum: a page and a type of device.
type StratumKey = (Option<String>, Option<String>);

/// Four statements: the items with most sessions; the conversions of both periods; and how the sessions fared that
/// viewed the items' pages, all of them and those with each item.
pub(crate) async fn friction_costs(
    question: &Question,
    scope: &Scope,
    most_items: u32,
) -> Result<FrictionCostList, Error> {
    let items = items(question, scope, most_items).await?;
    if items.is_empty() {
        return Ok(FrictionCostList::default());
    }
    let whole = whole(scope);
    let bought = params(&whole, PeriodScope::WithPrevious);
    let [previous, current] = conversions(question, &conditions(&whole), bought).await?;
    let currency = main_currency(previous.iter().chain(&current));
    register_converted(question, previous.into_iter().chain(current), currency.as_ref());
    let with = outcomes(scope);
    let everybody =
        format!("{with} SELECT path, device, {SUMS} FROM outcomes GROUP BY path, device");
    let stuck = format!(
        "{with}
         SELECT item_selector, item_group, outcomes.path AS path, device,
                stuck.path = outcomes.path AND {CURRENT} AS is_exposed, {SUMS}
         FROM stuck JOIN outcomes ON stuck.session_hash = outcomes.session_hash
         GROUP BY item_selector, item_group, outcomes.path, device, is_exposed"
    );
    let values = item_params(scope, &items);
    let (everybody, stuck) =
        try_join!(question.ask(&everybody, values.clone()), question.ask(&stuck, values))?;
    let strata = Strata::read(&everybody, &stuck);
    let costed = |item: CostedItem| {
        let key = (item.element_selector.clone(), item.error_group.clone());
        CostedItem { cost: friction_cost(&strata.of(&key)), ..item }
    };
    Ok(FrictionCostList::new(items.into_iter().map(costed).collect(), currency))
}

/// The columns of [`SessionOutcomes`].
const SUMS: &str =
    "count(*) AS sessions, count(converted_at) AS converted, count(amount) AS valued,
    sum(amount) AS amount, sum(amount * amount) AS squares";

async fn items(question: &Question, scope: &Scope, most: u32) -> Result<Vec<CostedItem>, Error> {
    let sql = format!(
        "WITH friction AS (SELECT *, {keys} FROM events WHERE {conditions} AND {CURRENT} AND {friction})
         SELECT item_selector, item_group, count(*) AS count,
                count(DISTINCT session_hash) AS sessions,
                last_value(element_text ORDER BY occurred_at, element_text)
                    FILTER (WHERE element_text IS NOT NULL) AS element_text,
                last_value(error_message ORDER BY occurred_at, error_message)
                    FILTER (WHERE error_message IS NOT NULL) AS error_message
         FROM friction WHERE item_selector IS NOT NULL OR item_group IS NOT NULL
         GROUP BY item_selector, item_group
         ORDER BY sessions DESC, item_selector NULLS LAST, item_group NULLS LAST LIMIT {most}",
        keys = item_keys(),
        conditions = conditions(scope),
        friction = is_friction(scope),
    );
    let answer = question.ask(&sql, params(scope, PeriodScope::Period)).await?;
    let item = |row| CostedItem {
        element_selector: answer.text("item_selector", row),
        element_text: answer.text("element_text", row),
        error_group: answer.text("item_group", row),
        error_message: answer.text("error_message", row),
        occurrences: answer.count("count", row),
        ..CostedItem::default()
    };
    Ok(answer.rows().map(item).collect())
}

/// The currency of most conversions; of several the first by its code.
fn main_currency<'a>(conversions: impl Iterator<Item = &'a Conversion>) -> Option<Currency> {
    let mut counts: BTreeMap<&Currency, u64> = BTreeMap::new();
    for amount in conversions.filter_map(|conversion| conversion.amount.as_ref()) {
        *counts.entry(&amount.currency).or_default() += 1;
    }
    // The last of equals is the maximum, so codes are gone through backwards.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(currency, _)| currency.clone())
}

/// Makes known which sessions converted.
fn register_converted(
    question: &Question,
    conversions: impl Iterator<Item = Conversion>,
    currency: Option<&Currency>,
) {
    let mut last: HashMap<i64, (Timestamp, Option<f64>)> = HashMap::new();
    for conversion in conversions {
        let Some(session) = conversion.session else { continue };
        let amount = conversion.amount.filter(|amount| Some(&amount.currency) == currency);
        let found = (conversion.at, amount.map(|amount| amount.to_major()));
        let known = last.entry(session).or_insert(found);
        if conversion.at >= known.0 {
            *known = (conversion.at, found.1.or(known.1));
        }
    }
    let rows: Vec<(i64, (Timestamp, Option<f64>))> = last.into_iter().collect();
    let sessions: ArrayRef =
        Arc::new(rows.iter().map(|(hash, _)| Some(*hash)).collect::<Int64Array>());
    let instants = rows.iter().map(|(_, (at, _))| Some(at.micros()));
    let instants: ArrayRef =
        Arc::new(instants.collect::<TimestampMicrosecondArray>().with_timezone("UTC"));
    let amounts: ArrayRef =
        Arc::new(rows.iter().map(|(_, (_, amount))| *amount).collect::<Float64Array>());
    let columns = [("session_hash", sessions), ("converted_at", instants), ("amount", amounts)];
    question.register_columns(CONVERTED, columns);
}

/// Named `stuck`: the sessions of each item, with the page and the instant where they got stuck first. Named `outcomes`:
/// the sessions that viewed a page of an item, and whether they converted afterwards.
fn outcomes(scope: &Scope) -> String {
    format!(
        "WITH friction AS (
           SELECT session_hash, path, occurred_at, seq, id, {keys} FROM events
           WHERE {conditions} AND {friction} AND session_hash IS NOT NULL AND path IS NOT NULL),
         stuck AS (
           SELECT item_selector, item_group, session_hash,
                  first_value(path {IN_ORDER}) AS path, min(occurred_at) AS occurred_at
           FROM friction
           WHERE array_has($selectors, item_selector) OR array_has($groups, item_group)
           GROUP BY item_selector, item_group, session_hash),
         visits AS (
           SELECT session_hash, path, max(device_type) AS device, min(occurred_at) AS first_at
           FROM events
           WHERE {conditions} AND session_hash IS NOT NULL AND ({PAGE_VIEW} OR {friction})
                 AND path IN (SELECT DISTINCT path FROM stuck)
           GROUP BY session_hash, path),
         outcomes AS (
           SELECT visits.session_hash AS session_hash, path, device, converted_at, amount
           FROM visits LEFT JOIN {CONVERTED}
           ON visits.session_hash = {CONVERTED}.session_hash AND converted_at >= first_at)",
        keys = item_keys(),
        conditions = conditions(scope),
        friction = is_friction(scope),
    )
}

fn item_params(scope: &Scope, items: &[CostedItem]) -> Params {
    let mut values = params(scope, PeriodScope::WithPrevious);
    values.insert("selectors", list(items.iter().filter_map(|i| i.element_selector.as_deref())));
    values.insert("groups", list(items.iter().filter_map(|i| i.error_group.as_deref())));
    values
}

/// How sessions fared, by page and device.
struct Strata {
    everybody: HashMap<StratumKey, SessionOutcomes>,
    /// Of sessions with the item, and of those that count as exposed in the stratum.
    stuck: HashMap<ItemKey, HashMap<StratumKey, (SessionOutcomes, SessionOutcomes)>>,
}

impl Strata {
    fn read(everybody: &QueryResult, stuck: &QueryResult) -> Self {
        let key =
            |answer: &QueryResult, row| (answer.text("path", row), answer.text("device", row));
        let mut found: HashMap<ItemKey, HashMap<StratumKey, (SessionOutcomes, SessionOutcomes)>> =
            HashMap::new();
        for row in stuck.rows() {
            let item = (stuck.text("item_selector", row), stuck.text("item_group", row));
            let stratum = found.entry(item).or_default().entry(key(stuck, row)).or_default();
            let outcomes = sums(stuck, row);
            stratum.0 = stratum.0.with(outcomes);
            if stuck.count("is_exposed", row) > 0 {
                stratum.1 = outcomes;
            }
        }
        let everybody =
            everybody.rows().map(|row| (key(everybody, row), sums(everybody, row))).collect();
        Self { everybody, stuck: found }
    }

    /// The strata of an item.
    fn of(&self, item: &ItemKey) -> Vec<CostStratum> {
        let strata = self.stuck.get(item).into_iter().flatten();
        let exposed = strata.filter(|(_, (_, exposed))| exposed.sessions > 0);
        let stratum =
            |(key, (all, exposed)): (&StratumKey, &(SessionOutcomes, SessionOutcomes))| {
                CostStratum {
                    exposed: *exposed,
                    controls: self.everybody.get(key).copied().unwrap_or_default().without(*all),
                }
            };
        exposed.map(stratum).collect()
    }
}

fn sums(answer: &QueryResult, row: usize) -> SessionOutcomes {
    SessionOutcomes {
        sessions: answer.count("sessions", row),
        converted: answer.count("converted", row),
        valued: answer.count("valued", row),
        value: answer.double("amount", row).unwrap_or_default(),
        squares: answer.double("squares", row).unwrap_or_default(),
    }
}
