//! Facts, which are also the entries of timelines, and the entries that follow from merges.

use domain::crm::{ActivityId, ContactId, Fact, Merge, Remembered, Rule};
use domain::id::ProjectId;
use engine::ports::catalog::{Activity, Entry, Error};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::rows::{json, parsed};
use crate::columns::Columns;
use crate::error::{malformed, sql};

/// Stores a fact; `false`, and nothing done, when it is stored already.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
    fact: &Fact,
    rule: Option<&Rule>,
) -> Result<bool, Error> {
    let said = fact.event();
    let item = said
        .zip(rule)
        .and_then(|(said, rule)| rule.remembered(Remembered::LastVehicleViewed, &said.data));
    let amount = said.and_then(|said| said.amount.as_ref());
    let done = sqlx::query(
        "INSERT INTO crm_activities (project_id, id, contact_id, occurred_at, name, is_shown, item,
           amount_minor, currency, fact)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (project_id, id) DO NOTHING",
    )
    .bind(project.to_string())
    .bind(ActivityId::of_fact(fact.id).to_string())
    .bind(contact.to_string())
    .bind(fact.occurred_at.micros())
    .bind(fact.name().to_owned())
    .bind(i64::from(rule.is_none_or(|rule| rule.activity)))
    .bind(item)
    .bind(amount.map(|amount| amount.minor))
    .bind(amount.map(|amount| amount.currency.as_str().to_owned()))
    .bind(json(fact, "fact")?)
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(done.rows_affected() == 1)
}

/// Stores the entry that says that two contacts turned out to be one.
pub(super) async fn keep_merge(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
    merge: &Merge,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO crm_activities (project_id, id, contact_id, occurred_at, name, is_shown, absorbed)
         VALUES ($1, $2, $3, $4, 'contact.merged', 1, $5)
         ON CONFLICT (project_id, id) DO NOTHING",
    )
    .bind(project.to_string())
    .bind(ActivityId::of_merge(merge.fact, merge.absorbed).to_string())
    .bind(contact.to_string())
    .bind(merge.at.micros())
    .bind(merge.absorbed.to_string())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// All facts of a contact, in no order.
pub(super) async fn facts(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
) -> Result<Vec<Fact>, Error> {
    let rows = sqlx::query(
        "SELECT fact FROM crm_activities
         WHERE project_id = $1 AND contact_id = $2 AND fact IS NOT NULL",
    )
    .bind(project.to_string())
    .bind(contact.to_string())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| parsed(&row.text("fact")?, "fact")).collect()
}

/// Removes what is no fact: it follows from the facts again.
pub(super) async fn remove_derived(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM crm_activities WHERE project_id = $1 AND contact_id = $2 AND fact IS NULL",
    )
    .bind(project.to_string())
    .bind(contact.to_string())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// An entry out of its columns `id`, `occurred_at`, `absorbed` and `fact`.
pub(super) fn activity(row: &AnyRow) -> Result<Activity, Error> {
    let absorbed: Option<String> = row.try_get("absorbed").map_err(sql)?;
    let entry = match absorbed {
        Some(absorbed) => Entry::Merged(absorbed.parse().map_err(|_| malformed("absorbed"))?),
        None => Entry::Fact(Box::new(parsed(&row.text("fact")?, "fact")?)),
    };
    let id = row.text("id")?.parse().map_err(|_| malformed("id"))?;
    Ok(Activity { id, occurred_at: row.time("occurred_at")?, entry })
}
