//! The steps of an erasure.
//!
//! 1. When every table has taken in what was accepted before the person was refused: find everything
//!    they are known by, refuse that, too, and take it out of the journal.
//! 2. When every table has taken in what had been read from the journal before: take it out of them.
//!    From now on it is *unreadable*.
//! 3. and 4. A minute later, the same once more: for requests that were under way when the erasure
//!    began, in any process.
//! 5. When nobody reads the files any more that held something: delete them, and remove what the person
//!    was known by from the ledger.
//! 6. When nobody reads an older state of the catalog any more: scrub it. Then no byte is left: it is
//!    *gone*.

use std::collections::BTreeMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use domain::erasure::{ErasureState, EventIdentifiers, IdentifierKind, Identifiers, mentions};
use domain::id::ProjectId;
use uuid::Uuid;

use super::{Dependencies, PrivacyService};
use crate::ports::catalog::Erasure;
use crate::ports::journal::{PayloadRewriter, Position};
use crate::{Error, record};

/// Bytes of a digest that name an anonymous session.
const ANONYMOUS_BYTES: usize = 16;

impl PrivacyService {
    /// Takes every step of every erasure that can be taken now. One that fails does not hold up the
    /// others; the first failure is answered.
    pub async fn run(&self) -> Result<(), Error> {
        let _running = self.running.lock().await;
        let mut failed = None;
        for erasure in self.parts.ledger.unfinished_erasures().await? {
            if let Err(error) = self.advance(erasure).await {
                failed.get_or_insert(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Takes steps until one has to wait.
    async fn advance(&self, mut erasure: Erasure) -> Result<(), Error> {
        while self.step(&mut erasure).await? {}
        Ok(())
    }

    /// Takes the next step; `false` when it has to wait, or there is none.
    async fn step(&self, erasure: &mut Erasure) -> Result<bool, Error> {
        use ErasureState::{Gone, Leaving, Requested, Resweeping, Swept, Unreadable};
        match (erasure.state, erasure.identifiers.clone()) {
            (Requested, Some(named)) => self.find_and_sweep(erasure, named).await,
            (Swept, Some(person)) => self.remove(erasure, &person).await,
            (Unreadable, Some(person)) => self.sweep_again(erasure, &person).await,
            (Resweeping, Some(person)) => self.remove_again(erasure, &person).await,
            (Leaving, _) => self.finish(erasure).await,
            (Gone, _) => Ok(false),
            (_, None) => Err(Error::internal("an erasure cannot read its identifiers")),
        }
    }

    async fn find_and_sweep(
        &self,
        erasure: &mut Erasure,
        named: Identifiers,
    ) -> Result<bool, Error> {
        if !self.have_passed(erasure.waits_for).await? {
            return Ok(false);
        }
        let identifiers = self.resolve(erasure.project_id, &named).await?;
        let digests = self.digests(erasure.project_id, &identifiers).await?;
        erasure.digests = digests.len() as u64;
        erasure.identifiers = Some(identifiers.clone());
        self.parts.ledger.advance_erasure(erasure, &digests).await?;
        self.parts.suppressions.refresh().await?;
        self.sweep(erasure, &identifiers, ErasureState::Swept).await
    }

    async fn sweep_again(
        &self,
        erasure: &mut Erasure,
        identifiers: &Identifiers,
    ) -> Result<bool, Error> {
        let since = erasure.unreadable_at.unwrap_or(erasure.requested_at);
        if self.parts.clock.now() < since.plus_seconds(self.parts.second_sweep_seconds) {
            return Ok(false);
        }
        self.sweep(erasure, identifiers, ErasureState::Resweeping).await
    }

    /// Takes a person's records out of the journal.
    async fn sweep(
        &self,
        erasure: &mut Erasure,
        identifiers: &Identifiers,
        next: ErasureState,
    ) -> Result<bool, Error> {
        let edit = forgetting(erasure.project_id, identifiers.clone());
        let rewritten = self.parts.journal.rewrite(edit).await?;
        erasure.counts.journal_records += rewritten.entries;
        erasure.waits_for = rewritten.until;
        erasure.state = next;
        self.parts.ledger.advance_erasure(erasure, &[]).await?;
        Ok(true)
    }

    async fn remove(
        &self,
        erasure: &mut Erasure,
        identifiers: &Identifiers,
    ) -> Result<bool, Error> {
        if !self.take_out(erasure, identifiers).await? {
            return Ok(false);
        }
        erasure.state = ErasureState::Unreadable;
        erasure.unreadable_at = Some(self.parts.clock.now());
        self.parts.ledger.advance_erasure(erasure, &[]).await?;
        tracing::info!(erasure = %erasure.id, "an erased person is unreadable");
        Ok(true)
    }

    async fn remove_again(
        &self,
        erasure: &mut Erasure,
        identifiers: &Identifiers,
    ) -> Result<bool, Error> {
        if !self.take_out(erasure, identifiers).await? {
            return Ok(false);
        }
        erasure.state = ErasureState::Leaving;
        self.parts.ledger.advance_erasure(erasure, &[]).await?;
        Ok(true)
    }

    /// Takes a person out of the catalog and the lake, when these have taken in everything that the
    /// journal held before it was swept.
    async fn take_out(
        &self,
        erasure: &mut Erasure,
        identifiers: &Identifiers,
    ) -> Result<bool, Error> {
        let Dependencies { catalog, lake, recordings, .. } = &self.parts;
        if !self.have_passed(erasure.waits_for).await? {
            return Ok(false);
        }
        let project = erasure.project_id;
        erasure.counts.catalog_rows += recordings.erase(project, identifiers).await?;
        let sessions = self.anonymous_sessions(project, identifiers).await?;
        let removed = catalog.remove_subject(project, identifiers, &sessions).await?;
        erasure.counts.catalog_rows += removed.rows;
        erasure.counts.failed_events += removed.failed_events;
        self.parts.ledger.advance_erasure(erasure, &[]).await?;
        let erased = lake.erase(project, identifiers).await?;
        erasure.counts.lake_events += erased.events;
        for leftover in erased.leftovers {
            if !erasure.leftovers.contains(&leftover) {
                erasure.leftovers.push(leftover);
            }
        }
        Ok(true)
    }

    async fn finish(&self, erasure: &mut Erasure) -> Result<bool, Error> {
        let Dependencies { catalog, lake, clock, ledger, .. } = &self.parts;
        if !lake.delete_leftovers(&erasure.leftovers).await? {
            return Ok(false);
        }
        // Before the catalog is scrubbed, so that no byte of this is left behind either.
        if erasure.identifiers.take().is_some() {
            erasure.leftovers.clear();
            ledger.advance_erasure(erasure, &[]).await?;
        }
        if !catalog.scrub().await? {
            return Ok(false);
        }
        erasure.state = ErasureState::Gone;
        erasure.gone_at = Some(clock.now());
        ledger.advance_erasure(erasure, &[]).await?;
        tracing::info!(erasure = %erasure.id, "an erasure is complete");
        Ok(true)
    }

    /// Whether every projection has taken in everything before this.
    async fn have_passed(&self, position: Position) -> Result<bool, Error> {
        for projection in &self.parts.projections {
            if projection.position().await? < position {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What calls are billed under in the place of a person's sessions.
    async fn anonymous_sessions(
        &self,
        project: ProjectId,
        identifiers: &Identifiers,
    ) -> Result<BTreeMap<String, String>, Error> {
        let key = self.key(project).await?;
        let anonymous = |session: &String| {
            let digest = key.digest(IdentifierKind::Session, session);
            format!("erased_{}", HEXLOWER.encode(&digest[..ANONYMOUS_BYTES]))
        };
        let sessions = identifiers.session_ids.iter();
        Ok(sessions.map(|session| (session.clone(), anonymous(session))).collect())
    }
}

/// What to leave in the journal of a person's records.
fn forgetting(project: ProjectId, person: Identifiers) -> PayloadRewriter {
    Arc::new(move |owner: Uuid, payload: &[u8]| {
        if owner != project.0 {
            return None;
        }
        let has = |kind, text: &str| person.has(kind, text);
        record::erased(
            payload,
            |event| EventIdentifiers::of(event).belong_to(&has),
            |bytes| mentions(bytes, &has),
        )
    })
}
