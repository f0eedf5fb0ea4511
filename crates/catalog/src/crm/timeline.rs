//! Facts, which are also the entries of timelines, and the entries that follow from merges.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{ActivityId, ContactFact, ContactId, Merge, RememberedField, Rule};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{ContactActivity, Error, TimelineEntry};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::bulk::{self, Value};
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::stored::{decode, encode};

/// Returns the ids of these facts that are stored.
pub(super) async fn stored_ids(
    connection: &mut AnyConnection,
    project: ProjectId,
    facts: &[&ContactFact],
) -> Result<BTreeSet<ActivityId>, Error> {
    let ids = facts.iter().map(|fact| ActivityId::of_fact(fact.id));
    let keys: Vec<_> = ids.map(|id| [id.to_string().into()]).collect();
    let statement = "SELECT id FROM crm_activities WHERE project_id = $1 AND id IN (KEYS)";
    let rows = bulk::select(connection, statement, project, &keys).await?;
    rows.iter().map(|row| row.text("id")?.parse().map_err(|_| malformed("id"))).collect()
}

/// A fact as a row.
pub(super) fn row(
    project: ProjectId,
    contact: ContactId,
    fact: &ContactFact,
    rule: Option<&Rule>,
) -> Result<[Value; 10], Error> {
    let payload = fact.event();
    let item = payload
        .zip(rule)
        .and_then(|(event, rule)| rule.remembered(RememberedField::LastVehicleViewed, &event.data));
    let amount = payload.and_then(|event| event.amount.as_ref());
    Ok([
        project.into(),
        ActivityId::of_fact(fact.id).to_string().into(),
        contact.to_string().into(),
        fact.occurred_at.into(),
        fact.name().into(),
        i64::from(rule.is_none_or(|rule| rule.activity)).into(),
        item.into(),
        amount.map(|amount| amount.minor).into(),
        amount.map(|amount| amount.currency.as_str().to_owned()).into(),
        encode(fact)?.into(),
    ])
}

/// Stores facts that are not stored yet.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    rows: Vec<[Value; 10]>,
) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO crm_activities (project_id, id, contact_id, occurred_at, name, is_shown, item,
           amount_minor, currency, fact)",
        "ON CONFLICT (project_id, id) DO NOTHING",
        rows,
    )
    .await?;
    Ok(())
}

/// Inserts the timeline entries of merges.
pub(super) async fn insert_merges(
    connection: &mut AnyConnection,
    project: ProjectId,
    merges: &[(ContactId, Merge)],
) -> Result<(), Error> {
    let row = |(contact, merge): &(ContactId, Merge)| {
        [
            project.into(),
            ActivityId::of_merge(merge.fact, merge.absorbed).to_string().into(),
            contact.to_string().into(),
            merge.at.into(),
            "contact.merged".into(),
            1.into(),
            merge.absorbed.to_string().into(),
        ]
    };
    bulk::insert(
        connection,
        "INSERT INTO crm_activities (project_id, id, contact_id, occurred_at, name, is_shown,
           absorbed)",
        "ON CONFLICT (project_id, id) DO NOTHING",
        merges.iter().map(row).collect(),
    )
    .await?;
    Ok(())
}

/// All facts of these contacts, in no order.
pub(super) async fn facts(
    connection: &mut AnyConnection,
    project: ProjectId,
    contacts: &[ContactId],
) -> Result<BTreeMap<ContactId, Vec<ContactFact>>, Error> {
    let keys: Vec<_> = contacts.iter().map(|contact| [contact.to_string().into()]).collect();
    let rows = bulk::select(
        connection,
        "SELECT contact_id, fact FROM crm_activities
         WHERE project_id = $1 AND contact_id IN (KEYS) AND fact IS NOT NULL",
        project,
        &keys,
    )
    .await?;
    by_contact(&rows)
}

/// The facts of a contact before `before`, in no order.
pub(super) async fn facts_before(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
    before: Timestamp,
) -> Result<Vec<ContactFact>, Error> {
    let rows = sqlx::query(
        "SELECT fact FROM crm_activities
         WHERE project_id = $1 AND contact_id = $2 AND occurred_at < $3 AND fact IS NOT NULL",
    )
    .bind(project.to_string())
    .bind(contact.to_string())
    .bind(before.micros())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| decode(&row.text("fact")?)).collect()
}

/// The facts of all contacts that come before an instant and id, in no order.
pub(super) async fn project_facts_before(
    connection: &mut AnyConnection,
    project: ProjectId,
    (before, id): (Timestamp, &str),
) -> Result<BTreeMap<ContactId, Vec<ContactFact>>, Error> {
    let rows = sqlx::query(
        "SELECT contact_id, fact FROM crm_activities
         WHERE project_id = $1 AND (occurred_at < $2 OR (occurred_at = $2 AND id < $3))
           AND fact IS NOT NULL",
    )
    .bind(project.to_string())
    .bind(before.micros())
    .bind(id)
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    by_contact(&rows)
}

fn by_contact(rows: &[AnyRow]) -> Result<BTreeMap<ContactId, Vec<ContactFact>>, Error> {
    let mut facts: BTreeMap<ContactId, Vec<ContactFact>> = BTreeMap::new();
    for row in rows {
        let contact = row.text("contact_id")?.parse().map_err(|_| malformed("contact_id"))?;
        facts.entry(contact).or_default().push(decode(&row.text("fact")?)?);
    }
    Ok(facts)
}

/// Deletes derived entries; a fold makes them again.
pub(super) async fn remove_derived(
    connection: &mut AnyConnection,
    project: ProjectId,
    contacts: &[ContactId],
) -> Result<(), Error> {
    let keys: Vec<_> = contacts.iter().map(|contact| [contact.to_string().into()]).collect();
    let statement = "DELETE FROM crm_activities
         WHERE project_id = $1 AND contact_id IN (KEYS) AND fact IS NULL";
    bulk::execute(connection, statement, project, &keys).await?;
    Ok(())
}

/// An entry out of its columns `id`, `occurred_at`, `absorbed` and `fact`.
pub(crate) fn activity(row: &AnyRow) -> Result<ContactActivity, Error> {
    let absorbed: Option<String> = row.try_get("absorbed").map_err(sql)?;
    let entry = match absorbed {
        Some(absorbed) => {
            TimelineEntry::Merged(absorbed.parse().map_err(|_| malformed("absorbed"))?)
        }
        None => TimelineEntry::Fact(Box::new(decode(&row.text("fact")?)?)),
    };
    let id = row.text("id")?.parse().map_err(|_| malformed("id"))?;
    Ok(ContactActivity { id, occurred_at: row.time("occurred_at")?, entry })
}
