//! Comments on tasks, and the members they mention.

use std::collections::BTreeSet;

use domain::crm::{ActivityId, TaskId};
use domain::id::{EventId, MemberId, ProjectId};

use super::CrmService;
use crate::ports::catalog::{Mention, MentionQuery, NewTaskComment, StoredComment};
use crate::{Error, validate};

/// Comments on one task, at most.
const MAX_COMMENTS: u32 = 200;
/// Longest comment.
const MAX_CHARACTERS: usize = 4_000;
/// Members that one comment mentions, at most.
const MAX_MENTIONS: usize = 20;
/// Mentions that are marked at once, at most.
const MAX_MARKED: usize = 1_000;

impl CrmService {
    /// The comments on a task, earliest first.
    pub async fn comments(
        &self,
        project: ProjectId,
        id: TaskId,
    ) -> Result<Vec<StoredComment>, Error> {
        let found = self.parts.tasks.comments(project, id).await?;
        if found.is_empty() && self.parts.tasks.task(project, id).await?.is_none() {
            return Err(Error::NotFound("task"));
        }
        Ok(found)
    }

    /// Comments on a task. Each member who is mentioned finds the comment among their mentions.
    ///
    /// # Errors
    /// When the text is empty or too long, when somebody mentioned is no member of the project, and when the task
    /// has [`MAX_COMMENTS`] already.
    pub async fn comment(
        &self,
        project: ProjectId,
        id: TaskId,
        member: MemberId,
        text: &str,
        mentions: &[MemberId],
    ) -> Result<StoredComment, Error> {
        let text = validate::paragraphs("text", text, MAX_CHARACTERS)?;
        let mentions: BTreeSet<MemberId> = mentions.iter().copied().collect();
        if mentions.len() > MAX_MENTIONS {
            let detail = format!("mentions must name at most {MAX_MENTIONS} members");
            return Err(Error::invalid("mentions", detail));
        }
        for mentioned in &mentions {
            if self.parts.projects.role(*mentioned, project).await?.is_none() {
                let detail = "mentions must be ids of members of the project";
                return Err(Error::invalid("mentions", detail));
            }
        }
        let task = self.parts.tasks.task(project, id).await?.ok_or(Error::NotFound("task"))?;
        if task.task.comments >= MAX_COMMENTS {
            let detail = format!("the task has {MAX_COMMENTS} comments; delete some");
            return Err(Error::invalid("text", detail));
        }
        let now = self.parts.clock.now();
        let fact = EventId(self.parts.ids.next(now));
        let mentions = mentions.into_iter().collect();
        let new = NewTaskComment { fact, now, member, text, mentions };
        let stored = self.parts.tasks.comment(project, id, new).await?;
        stored.ok_or(Error::NotFound("task"))
    }

    /// Deletes a comment of one's own.
    pub async fn delete_comment(
        &self,
        project: ProjectId,
        id: TaskId,
        comment: ActivityId,
        member: MemberId,
    ) -> Result<(), Error> {
        if self.parts.tasks.remove_comment(project, id, comment, member).await? {
            return Ok(());
        }
        let comments = self.parts.tasks.comments(project, id).await?;
        let is_there = comments.iter().any(|stored| stored.id == comment);
        Err(if is_there {
            Error::Forbidden("only its author may delete a comment")
        } else {
            Error::NotFound("comment")
        })
    }

    /// A page of a member's mentions, and how many are new altogether.
    pub async fn mentions(
        &self,
        project: ProjectId,
        member: MemberId,
        query: &MentionQuery,
    ) -> Result<(Vec<Mention>, u64), Error> {
        let found = self.parts.mentions.mentions(project, member, query).await?;
        Ok((found, self.parts.mentions.unread_mentions(project, member).await?))
    }

    /// The member has seen these mentions, or all of them.
    pub async fn mark_mentions_read(
        &self,
        project: ProjectId,
        member: MemberId,
        comments: Option<&[ActivityId]>,
    ) -> Result<(), Error> {
        if comments.is_some_and(|comments| comments.len() > MAX_MARKED) {
            return Err(Error::invalid("ids", format!("ids must name at most {MAX_MARKED}")));
        }
        let now = self.parts.clock.now();
        Ok(self.parts.mentions.mark_mentions_read(project, member, comments, now).await?)
    }
}
