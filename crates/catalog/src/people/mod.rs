//! One person over all aggregates: their moments in order, their figures, and members' notes on them.

mod figures;
mod moments;
mod notes;

use async_trait::async_trait;
use domain::id::{MemberId, NoteId, ProjectId};
use domain::person::{MomentKind, MomentPlace};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, Moment, Note, PersonFigures, PersonKeys, PersonStore};

use crate::Catalog;
use crate::error::sql;
use crate::row_ext::NUL;

pub(crate) use notes::remove_person;

#[async_trait]
impl PersonStore for Catalog {
    async fn moments(
        &self,
        project: ProjectId,
        keys: &PersonKeys,
        kinds: &[MomentKind],
        after: Option<&MomentPlace>,
        limit: u32,
    ) -> Result<Vec<Moment>, Error> {
        let mut reads = self.reads_of(project).await?;
        moments::moments(&mut reads, project, &bindable(keys), kinds, after, limit).await
    }

    async fn figures(&self, project: ProjectId, keys: &PersonKeys) -> Result<PersonFigures, Error> {
        let mut reads = self.reads_of(project).await?;
        figures::figures(&mut reads, project, &bindable(keys)).await
    }

    async fn add_note(
        &self,
        project: ProjectId,
        keys: &PersonKeys,
        note: &Note,
        most: usize,
    ) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        if notes::of_person(&mut transaction, project, keys).await?.len() >= most {
            return Ok(false);
        }
        notes::insert(&mut transaction, project, note).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(true)
    }

    async fn note(
        &self,
        project: ProjectId,
        keys: &PersonKeys,
        id: NoteId,
    ) -> Result<Option<Note>, Error> {
        let mut reads = self.reads_of(project).await?;
        let notes = notes::of_person(&mut reads, project, keys).await?;
        Ok(notes.into_iter().find(|note| note.id == id))
    }

    async fn edit_note(
        &self,
        project: ProjectId,
        id: NoteId,
        author: MemberId,
        text: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let changed = notes::edit(&mut transaction, project, (id, author), text, now).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(changed)
    }

    async fn remove_note(
        &self,
        project: ProjectId,
        id: NoteId,
        author: MemberId,
    ) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = notes::remove(&mut transaction, project, id, author).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed)
    }
}

/// The keys without user ids that no row can hold.
fn bindable(keys: &PersonKeys) -> PersonKeys {
    let user_ids = keys.user_ids.iter().filter(|id| !id.contains(NUL)).cloned();
    PersonKeys { user_ids: user_ids.collect(), ..keys.clone() }
}
