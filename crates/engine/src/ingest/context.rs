//! The context of one request, shared by the stages of ingest.

use std::sync::Arc;

use domain::event::Page;
use domain::id::{IdSource, ProjectId};
use domain::time::Timestamp;

use super::enrich::{Agent, Enricher, SenderInfo};
use super::page_cache::PageCache;
use super::policies::Policy;
use super::suppression::SuppressionList;
use super::{Envelope, Rejection};

/// Of one request; and what its events share, once the first of them has named it.
pub(super) struct Context<'a> {
    pub(super) project_id: ProjectId,
    pub(super) retention_days: u32,
    /// The project's events before this instant have been removed.
    pub(super) floor: Option<Timestamp>,
    pub(super) received_at: Timestamp,
    /// What to add to the client's times.
    pub(super) offset_micros: i64,
    pub(super) client: SenderInfo,
    /// The visitor of events that name nobody, where consent is missing.
    pub(super) daily_visitor: Option<String>,
    /// For events that name a user agent of their own.
    pub(super) enricher: &'a Enricher,
    pub(super) pages: &'a PageCache,
    /// The project's decisions.
    pub(super) policy: Arc<Policy>,
    pub(super) envelope: Envelope,
    /// What is wrong with the envelope, and so with every item.
    pub(super) invalid: Option<Rejection>,
    /// Who is refused.
    pub(super) suppressed: Option<Arc<SuppressionList>>,
    pub(super) ids: &'a dyn IdSource,
    /// The page that the event read last names, without title and referrer.
    pub(super) page: Option<Arc<Page>>,
    /// The user agent that the event read last named itself.
    pub(super) own_agent: Option<Arc<Agent>>,
}

impl Context<'_> {
    /// Reads the page an event names.
    pub(super) fn read_page(&mut self, url: Option<&str>) {
        self.page = url.map(|url| self.pages.page(url, &self.policy.parameters));
    }

    /// Reads the user agent an event names.
    pub(super) fn read_user_agent(&mut self, user_agent: Option<&str>) {
        self.own_agent = user_agent.map(|user_agent| self.enricher.agent(user_agent));
    }
}
