//! Notes that members write on people.

use domain::crm::{ContactId, Identity};
use domain::id::{MemberId, NoteId, ProjectId};

use super::{PeopleService, Resolved};
use crate::ports::catalog::Note;
use crate::{Error, validate};

/// Notes on one person, at most.
pub const MAX_NOTES: usize = 500;
/// Longest note.
pub const MAX_NOTE_CHARACTERS: usize = 4_000;

impl PeopleService {
    /// Writes a note on a person.
    ///
    /// # Errors
    /// When the text is empty or too long, and when there are [`MAX_NOTES`] already.
    pub async fn add_note(
        &self,
        project: ProjectId,
        person: &str,
        author: MemberId,
        text: &str,
    ) -> Result<Note, Error> {
        let text = validate::paragraphs("text", text, MAX_NOTE_CHARACTERS)?;
        let resolved = self.resolve(project, person).await?;
        let now = self.parts.clock.now();
        let note = Note {
            id: NoteId(self.parts.ids.next(now)),
            person: name_of(project, person, &resolved),
            author,
            text,
            created_at: now,
            edited_at: None,
        };
        if !self.parts.people.add_note(project, &resolved.keys, &note, MAX_NOTES).await? {
            let detail = format!("the person has {MAX_NOTES} notes; delete some");
            return Err(Error::invalid("text", detail));
        }
        Ok(note)
    }

    /// Replaces the text of a note of one's own.
    pub async fn edit_note(
        &self,
        project: ProjectId,
        person: &str,
        id: NoteId,
        author: MemberId,
        text: &str,
    ) -> Result<Note, Error> {
        let text = validate::paragraphs("text", text, MAX_NOTE_CHARACTERS)?;
        let note = self.own_note(project, person, id, author).await?;
        let now = self.parts.clock.now();
        if !self.parts.people.edit_note(project, id, author, &text, now).await? {
            return Err(Error::NotFound("note"));
        }
        Ok(Note { text, edited_at: Some(now), ..note })
    }

    /// Deletes a note of one's own.
    pub async fn remove_note(
        &self,
        project: ProjectId,
        person: &str,
        id: NoteId,
        author: MemberId,
    ) -> Result<(), Error> {
        self.own_note(project, person, id, author).await?;
        let removed = self.parts.people.remove_note(project, id, author).await?;
        removed.then_some(()).ok_or(Error::NotFound("note"))
    }

    async fn own_note(
        &self,
        project: ProjectId,
        person: &str,
        id: NoteId,
        author: MemberId,
    ) -> Result<Note, Error> {
        let keys = self.resolve(project, person).await?.keys;
        let note = self.parts.people.note(project, &keys, id).await?;
        let note = note.ok_or(Error::NotFound("note"))?;
        if note.author != author {
            return Err(Error::Forbidden("only its author may change a note"));
        }
        Ok(note)
    }
}

/// The name a note is stored by: the contact's id, which stays findable when contacts merge, else the one the user id
/// alone would give.
fn name_of(project: ProjectId, person: &str, resolved: &Resolved) -> ContactId {
    let by_user = || Identity::user(project, person).contact_id;
    resolved.contact.as_ref().map_or_else(by_user, |contact| contact.id)
}
