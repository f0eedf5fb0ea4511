//! One data subject's contacts: finds them by every identifier, shows and removes them.

use std::collections::BTreeSet;

use domain::crm::{ContactId, FactPayload, Identity};
use domain::email::folded;
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::{checkpoints, identities, rows, rules, timeline};
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::subjects::for_each;

/// What was removed.
pub(crate) struct RemovedContacts {
    /// Every id the contacts could be found by.
    pub(crate) ids: BTreeSet<String>,
    /// Rows.
    pub(crate) rows: u64,
}

/// Tables with a person's rows, by contact; aliases last, for they lead to the others.
const REMOVE: [&str; 6] = [
    "DELETE FROM task_mentions WHERE project_id = $1 AND comment_id IN
        (SELECT id FROM crm_activities WHERE project_id = $1 AND contact_id = $2)",
    "DELETE FROM crm_tasks WHERE project_id = $1 AND contact_id = $2",
    "DELETE FROM crm_activities WHERE project_id = $1 AND contact_id = $2",
    "DELETE FROM crm_checkpoints WHERE project_id = $1 AND contact_id = $2",
    "DELETE FROM crm_contacts WHERE project_id = $1 AND id = $2",
    "DELETE FROM crm_aliases WHERE project_id = $1 AND contact_id = $2",
];

/// The contacts a person is.
pub(crate) async fn contacts_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Vec<ContactId>, Error> {
    let users = person.user_ids.iter().map(|user| Identity::user(project, user));
    let emails = person.emails.iter().map(|email| Identity::email(project, email));
    let mut found = BTreeSet::new();
    for identity in users.chain(emails) {
        let head = identities::head(connection, project, identity.contact_id).await?;
        found.extend(head.map(|head| head.contact_id));
    }
    Ok(found.into_iter().collect())
}

/// Every id that contacts can be found by, or could before they were merged.
pub(crate) async fn ids_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    contacts: &[ContactId],
) -> Result<BTreeSet<String>, Error> {
    let mut ids = BTreeSet::new();
    for contact in contacts {
        let aliases =
            sqlx::query("SELECT id FROM crm_aliases WHERE project_id = $1 AND contact_id = $2")
                .bind(project.to_string())
                .bind(contact.to_string())
                .fetch_all(&mut *connection)
                .await
                .map_err(sql)?;
        for alias in &aliases {
            let id: ContactId = alias.text("id")?.parse().map_err(|_| malformed("id"))?;
            ids.insert(id.to_string());
        }
    }
    Ok(ids)
}

/// The contact ids that each user id and address of a person alone would give.
pub(crate) fn names_of(project: ProjectId, person: &Identifiers) -> BTreeSet<String> {
    let users = person.user_ids.iter().map(|user| Identity::user(project, user));
    let emails = person.emails.iter().map(|email| Identity::email(project, email));
    users.chain(emails).map(|identity| identity.contact_id.to_string()).collect()
}

/// Returns the identifiers and sessions in the facts of a subject's contacts.
pub(crate) async fn identifiers_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Identifiers, Error> {
    let mut names = Identifiers::default();
    let mut add = |user_id: Option<String>, email: Option<String>, session: Option<String>| {
        names.user_ids.extend(user_id.filter(|text| !text.is_empty()));
        names.emails.extend(email.map(|text| folded(&text)).filter(|text| !text.is_empty()));
        names.session_ids.extend(session.filter(|text| !text.is_empty()));
    };
    let contacts = contacts_of(connection, project, person).await?;
    for state in rows::states(connection, project, &contacts).await?.into_values() {
        add(state.user_id, state.email, None);
    }
    for checkpoint in checkpoints::load(connection, project, &contacts).await?.into_values() {
        for session in checkpoint.sessions.into_keys() {
            add(None, None, Some(session));
        }
        // It may have had other names by then.
        add(checkpoint.state.user_id, checkpoint.state.email, None);
    }
    for fact in timeline::facts(connection, project, &contacts).await?.into_values().flatten() {
        match fact.payload {
            FactPayload::Event(payload) => {
                add(payload.fields.user_id, payload.fields.email, payload.session_id);
            }
            FactPayload::Edited { edit, .. } => add(None, edit.email, None),
            FactPayload::Task { .. } | FactPayload::Comment(_) => {}
        }
    }
    Ok(names)
}

/// Removes a person's contacts.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<RemovedContacts, Error> {
    rules::lock(connection, project).await?;
    let contacts = contacts_of(connection, project, person).await?;
    let ids = ids_of(connection, project, &contacts).await?;
    let contacts: Vec<String> = contacts.iter().map(ToString::to_string).collect();
    let mut removed = RemovedContacts { ids, rows: 0 };
    for statement in REMOVE {
        removed.rows += for_each(connection, project, statement, contacts.iter()).await?;
    }
    Ok(removed)
}
