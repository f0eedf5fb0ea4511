//! Customer summaries: loaded once per transaction, changed in memory, written once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::summary::{DerivedFigures, Summary};
use super::{recount, summary_rows};

/// Summaries of the customers a transaction touches.
#[derive(Debug, Default)]
pub(super) struct SummaryCache(BTreeMap<(ProjectId, String), Summary>);

impl SummaryCache {
    /// Loads the summaries of customers that are not in memory yet.
    pub(super) async fn read(
        &mut self,
        connection: &mut AnyConnection,
        customers: Vec<(ProjectId, &str)>,
    ) -> Result<(), Error> {
        let mut of_projects: BTreeMap<ProjectId, BTreeSet<&str>> = BTreeMap::new();
        for (project, user_id) in customers {
            if !self.0.contains_key(&(project, user_id.to_owned())) {
                of_projects.entry(project).or_default().insert(user_id);
            }
        }
        for (project, users) in of_projects {
            let users: Vec<&str> = users.into_iter().collect();
            let mut found = summary_rows::load(connection, project, &users).await?;
            for user_id in users {
                let summary = found.remove(user_id).unwrap_or_default();
                self.0.insert((project, user_id.to_owned()), summary);
            }
        }
        Ok(())
    }

    /// A customer's figures, to be changed.
    pub(super) async fn of(
        &mut self,
        connection: &mut AnyConnection,
        project: ProjectId,
        user_id: &str,
    ) -> Result<&mut Summary, Error> {
        match self.0.entry((project, user_id.to_owned())) {
            Entry::Occupied(stored) => Ok(stored.into_mut()),
            Entry::Vacant(new) => {
                let mut found = summary_rows::load(connection, project, &[user_id]).await?;
                Ok(new.insert(found.remove(user_id).unwrap_or_default()))
            }
        }
    }

    /// Writes every customer's figures.
    pub(super) async fn store(mut self, connection: &mut AnyConnection) -> Result<(), Error> {
        self.recount(connection).await?;
        let rows: Vec<summary_rows::Row<'_>> = self
            .0
            .iter()
            .map(|((project, user_id), summary)| (*project, user_id.as_str(), summary))
            .collect();
        summary_rows::put_users(connection, &rows).await?;
        summary_rows::put_summaries(connection, &rows).await
    }

    async fn recount(&mut self, connection: &mut AnyConnection) -> Result<(), Error> {
        let mut of_projects: BTreeMap<ProjectId, BTreeMap<&str, &mut DerivedFigures>> =
            BTreeMap::new();
        let recounted = self.0.iter_mut().filter(|(_, summary)| summary.needs_recount);
        for ((project, user_id), summary) in recounted {
            let of_project = of_projects.entry(*project).or_default();
            of_project.insert(user_id, &mut summary.derived);
        }
        for (project, mut customers) in of_projects {
            recount::recount(connection, project, &mut customers).await?;
        }
        Ok(())
    }
}
