//! One person over all tables: each aggregate finds, shows and removes its own rows.
//!
//! A table that can hold something about a person is named in [`inventory`], with what becomes of it;
//! a test asks for every table that is not.

mod inventory;
mod resolve;

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::catalog::{Error, RemovedRows, SubjectStore, SubjectTable};
use sqlx::AnyConnection;

use crate::error::sql;
use crate::{
    Catalog, audit, calls, crm, customers, lead_scores, outcomes, people, question_runs, sessions,
    sql_tables, webhooks,
};
use inventory::{MADE_ANONYMOUS, REMOVED};

#[async_trait]
impl SubjectStore for Catalog {
    async fn resolve_identifiers(
        &self,
        project: ProjectId,
        named: &Identifiers,
    ) -> Result<Identifiers, Error> {
        let mut connection = self.reads_of(project).await?;
        resolve::resolve_identifiers(&mut connection, project, named).await
    }

    async fn shared_devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error> {
        let mut connection = self.reads_of(project).await?;
        sessions::shared_devices(&mut connection, project, person).await
    }

    async fn tables_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Vec<SubjectTable>, Error> {
        let mut connection = self.reads_of(project).await?;
        let contacts = crm::contacts_of(&mut connection, project, person).await?;
        let mut found = sql_tables::of_person(&mut connection, project, person, &contacts).await?;
        let ids = crm::ids_of(&mut connection, project, &contacts).await?;
        found.extend(webhooks::messages_about(&mut connection, project, person, &ids).await?);
        found.extend(outcomes::failed_about(&mut connection, project, person).await?);
        Ok(found)
    }

    async fn remove_subject(
        &self,
        project: ProjectId,
        person: &Identifiers,
        sessions: &BTreeMap<String, String>,
    ) -> Result<RemovedRows, Error> {
        let mut transaction = self.write_of(project).await?;
        // Contacts first: whoever changes a project's contacts waits from here on.
        let contacts = crm::remove_person(&mut transaction, project, person).await?;
        let mut rows = contacts.rows;
        let names = &contacts.ids | &crm::names_of(project, person);
        rows += people::remove_person(&mut transaction, project, &names).await?;
        rows += audit::remove_person(&mut transaction, project, person, &contacts.ids).await?;
        rows += lead_scores::remove_person(&mut transaction, project, person).await?;
        rows += sessions::remove_person(&mut transaction, project, person).await?;
        rows += customers::remove_person(&mut transaction, project, person).await?;
        rows += webhooks::remove_person(&mut transaction, project, person, &contacts.ids).await?;
        rows += calls::make_anonymous(&mut transaction, project, sessions).await?;
        // Rows of statements may be about anybody.
        rows += question_runs::remove_answers(&mut transaction, project).await?;
        let failed_events = outcomes::remove_about(&mut transaction, project, person).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(RemovedRows { rows, failed_events })
    }

    async fn scrub(&self) -> Result<bool, Error> {
        self.scrub_tables(&[&REMOVED[..], &MADE_ANONYMOUS].concat()).await
    }
}

/// Every name of a person that rows may hold as a user id.
pub(crate) fn user_ids(person: &Identifiers) -> impl Iterator<Item = &String> {
    person.user_ids.iter().chain(&person.emails)
}

/// Runs a statement of `$1`, the project, and `$2` for each value; how many rows it changed.
pub(crate) async fn for_each<'a>(
    connection: &mut AnyConnection,
    project: ProjectId,
    statement: &'static str,
    values: impl Iterator<Item = &'a String>,
) -> Result<u64, Error> {
    let mut rows = 0;
    for value in values {
        let done = sqlx::query(statement)
            .bind(project.to_string())
            .bind(value.clone())
            .execute(&mut *connection)
            .await
            .map_err(sql)?;
        rows += done.rows_affected();
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
