//! Contacts counted: by status, by amount, by what they looked at.

use domain::crm::ContactId;
use domain::id::ProjectId;
use domain::money::{Currency, Money};
use domain::time::Timestamp;
use engine::ports::catalog::{AmountRow, Error, PipelineStage, Preference};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

/// Contacts and deal values by status and currency. The sum is cast: its own type differs between
/// databases.
pub(super) async fn pipeline(
    reads: &mut AnyConnection,
    project: ProjectId,
) -> Result<Vec<PipelineStage>, Error> {
    let rows = sqlx::query(
        "SELECT lead_status, deal_value_currency, COUNT(*) AS contacts,
                CAST(SUM(deal_value_minor) AS BIGINT) AS minor
         FROM crm_contacts WHERE project_id = $1 GROUP BY lead_status, deal_value_currency",
    )
    .bind(project.to_string())
    .fetch_all(reads)
    .await
    .map_err(sql)?;
    let stages = rows.iter().map(|row| {
        let currency: Option<String> = row.try_get("deal_value_currency").map_err(sql)?;
        Ok(PipelineStage {
            lead_status: row.text("lead_status")?,
            contacts: row.number("contacts")?,
            deal_value: currency.map(|code| money(row, "minor", &code)).transpose()?,
        })
    });
    stages.collect()
}

/// The events with an amount in a period.
pub(super) async fn amounts(
    reads: &mut AnyConnection,
    project: ProjectId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<AmountRow>, Error> {
    let rows = sqlx::query(
        "SELECT occurred_at, name, amount_minor, currency FROM crm_activities
         WHERE project_id = $1 AND occurred_at >= $2 AND occurred_at < $3
           AND amount_minor IS NOT NULL",
    )
    .bind(project.to_string())
    .bind(from.micros())
    .bind(to.micros())
    .fetch_all(reads)
    .await
    .map_err(sql)?;
    let amounts = rows.iter().map(|row| {
        Ok(AmountRow {
            occurred_at: row.time("occurred_at")?,
            name: row.text("name")?,
            amount: money(row, "amount_minor", &row.text("currency")?)?,
        })
    });
    amounts.collect()
}

/// The items viewed most in a period.
pub(super) async fn preferences(
    reads: &mut AnyConnection,
    project: ProjectId,
    contact: Option<ContactId>,
    (from, to): (Timestamp, Timestamp),
    limit: u32,
) -> Result<Vec<Preference>, Error> {
    let rows = sqlx::query(
        "SELECT item, COUNT(*) AS views, COUNT(DISTINCT contact_id) AS contacts FROM crm_activities
         WHERE project_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND item IS NOT NULL
           AND ($4 = '' OR contact_id IN
             (SELECT contact_id FROM crm_aliases WHERE project_id = $1 AND id = $4))
         GROUP BY item",
    )
    .bind(project.to_string())
    .bind(from.micros())
    .bind(to.micros())
    .bind(contact.map(|contact| contact.to_string()).unwrap_or_default())
    .fetch_all(reads)
    .await
    .map_err(sql)?;
    let items = rows.iter().map(|row| {
        Ok(Preference {
            item: row.text("item")?,
            views: row.number("views")?,
            contacts: row.number("contacts")?,
        })
    });
    let mut items = items.collect::<Result<Vec<_>, Error>>()?;
    // Here and not in the statement: items are texts, which databases order differently.
    items.sort_by(|a, b| b.views.cmp(&a.views).then_with(|| a.item.cmp(&b.item)));
    items.truncate(limit as usize);
    Ok(items)
}

fn money(row: &AnyRow, column: &'static str, code: &str) -> Result<Money, Error> {
    let currency = Currency::parse(code).map_err(|_| malformed("currency"))?;
    Ok(Money { minor: row.number(column)?, currency })
}
