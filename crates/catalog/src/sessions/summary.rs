//! A customer's figures: read once a transaction, changed in memory, written once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use domain::id::{EventId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::{recount, summary_rows};

/// The customers one transaction concerns.
#[derive(Debug, Default)]
pub(super) struct Summaries(BTreeMap<(ProjectId, String), Summary>);

/// A text, and the event that told it: the latest counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) text: Option<String>,
    pub(super) by: Option<(Timestamp, EventId)>,
}

/// A customer's figures, and what they are told from.
#[derive(Debug, Clone, Default)]
pub(super) struct Summary {
    pub(super) total_sessions: i64,
    pub(super) total_orders: i64,
    pub(super) total_bookings: i64,
    pub(super) total_reviews: i64,
    /// The latest sign-in an event told of.
    pub(super) login_event_at: Option<Timestamp>,
    pub(super) registered_at: Option<Timestamp>,
    pub(super) email: Told,
    pub(super) name: Told,
    /// First and latest event.
    pub(super) span: Option<(Timestamp, Timestamp)>,
    /// Whether its sessions have changed in more than their last activity and end.
    pub(super) is_recounted: bool,
    pub(super) derived: Derived,
}

/// Figures that are read off other tables when those have changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    pub(super) last_session_at: Option<Timestamp>,
    pub(super) last_order_at: Option<Timestamp>,
    pub(super) last_order_amount: Option<i64>,
    pub(super) last_order_currency: Option<String>,
    pub(super) last_booking_at: Option<Timestamp>,
    pub(super) last_booking_service: Option<String>,
    pub(super) primary_device_type: Option<String>,
    pub(super) primary_browser: Option<String>,
    pub(super) primary_os: Option<String>,
}

impl Told {
    /// Takes the word of a later event.
    pub(super) fn tell(&mut self, text: Option<&String>, at: Timestamp, event: EventId) {
        if text.is_some() && Some((at, event)) > self.by {
            self.text = text.cloned();
            self.by = Some((at, event));
        }
    }
}

impl Summary {
    /// Notes the time of an event.
    pub(super) fn seen(&mut self, at: Timestamp) {
        let (first, latest) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), latest.max(at)));
    }

    /// The latest sign-in or start of a session.
    pub(super) fn last_login_at(&self) -> Option<Timestamp> {
        self.login_event_at.max(self.derived.last_session_at)
    }

    /// What a search looks in.
    pub(super) fn search_text(&self, user_id: &str) -> String {
        let texts = [Some(user_id), self.email.text.as_deref(), self.name.text.as_deref()];
        texts.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase()
    }
}

impl Summaries {
    /// Reads the figures of those of these customers that are not read yet, together.
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
            Entry::Occupied(known) => Ok(known.into_mut()),
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
        let mut of_projects: BTreeMap<ProjectId, BTreeMap<&str, &mut Derived>> = BTreeMap::new();
        let recounted = self.0.iter_mut().filter(|(_, summary)| summary.is_recounted);
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
