//! Facts, which are also the entries of timelines, and the entries that follow from merges.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{ActivityId, ContactId, Fact, Merge, Remembered, Rule};
use domain::id::ProjectId;
use engine::ports::catalog::{Activity, Entry, Error};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::columns::Columns;
use crate::error::{malformed, sql};
use crate::many::{self, Value};
use crate::stored::{decode, encode};

/// Which of these facts are stored.
pub(super) async fn known(
    connection: &mut AnyConnection,
    project: ProjectId,
    facts: &[&Fact],
) -> Result<BTreeSet<ActivityId>, Error> {
    let ids = facts.iter().map(|fact| ActivityId::of_fact(fact.id));
    let keys: Vec<_> = ids.map(|id| [id.to_string().into()]).collect();
    let statement = "SELECT id FROM crm_activities WHERE project_id = $1 AND id IN (KEYS)";
    let rows = many::select(connection, statement, project, &keys).await?;
    rows.iter().map(|row| row.text("id")?.parse().map_err(|_| malformed("id"))).collect()
}

/// A fact as a row.
pub(super) fn row(
    project: ProjectId,
    contact: ContactId,
    fact: &Fact,
    rule: Option<&Rule>,
) -> Result<[Value; 10], Error> {
    let said = fact.event();
    let item = said
        .zip(rule)
        .and_then(|(said, rule)| rule.remembered(Remembered::LastVehicleViewed, &said.data));
    let amount = said.and_then(|said| said.amount.as_ref());
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
pub(super) async fn keep(
    connection: &mut AnyConnection,
    rows: Vec<[Value; 10]>,
) -> Result<(), Error> {
    many::insert(
        connection,
        "INSERT INTO crm_activities (project_id, id, contact_id, occurred_at, name, is_shown, item,
           amount_minor, currency, fact)",
        "ON CONFLICT (project_id, id) DO NOTHING",
        rows,
    )
    .await?;
    Ok(())
}

/// Stores the entries that say that two contacts turned out to be one.
pub(super) async fn keep_merges(
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
    many::insert(
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
) -> Result<BTreeMap<ContactId, Vec<Fact>>, Error> {
    let keys: Vec<_> = contacts.iter().map(|contact| [contact.to_string().into()]).collect();
    let rows = many::select(
        connection,
        "SELECT contact_id, fact FROM crm_activities
         WHERE project_id = $1 AND contact_id IN (KEYS) AND fact IS NOT NULL",
        project,
        &keys,
    )
    .await?;
    let mut facts: BTreeMap<ContactId, Vec<Fact>> = BTreeMap::new();
    for row in rows {
        let contact = row.text("contact_id")?.parse().map_err(|_| malformed("contact_id"))?;
        facts.entry(contact).or_default().push(decode(&row.text("fact")?)?);
    }
    Ok(facts)
}

/// Removes what is no fact: it follows from the facts again.
pub(super) async fn remove_derived(
    connection: &mut AnyConnection,
    project: ProjectId,
    contacts: &[ContactId],
) -> Result<(), Error> {
    let keys: Vec<_> = contacts.iter().map(|contact| [contact.to_string().into()]).collect();
    let statement = "DELETE FROM crm_activities
         WHERE project_id = $1 AND contact_id IN (KEYS) AND fact IS NULL";
    many::execute(connection, statement, project, &keys).await?;
    Ok(())
}

/// An entry out of its columns `id`, `occurred_at`, `absorbed` and `fact`.
pub(super) fn activity(row: &AnyRow) -> Result<Activity, Error> {
    let absorbed: Option<String> = row.try_get("absorbed").map_err(sql)?;
    let entry = match absorbed {
        Some(absorbed) => Entry::Merged(absorbed.parse().map_err(|_| malformed("absorbed"))?),
        None => Entry::Fact(Box::new(decode(&row.text("fact")?)?)),
    };
    let id = row.text("id")?.parse().map_err(|_| malformed("id"))?;
    Ok(Activity { id, occurred_at: row.time("occurred_at")?, entry })
}
