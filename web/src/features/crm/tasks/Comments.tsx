// The comments on a task, earliest first, and a field for another one.
import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMembers } from '../../../api/members'
import { meQuery } from '../../../api/session'
import { Result } from '../../../ui/Result'
import { RowsSkeleton } from '../../../ui/States'
import { When } from '../../../ui/When'
import { CommentInput } from './CommentInput'
import classes from './Comments.module.css'
import { commentsQuery, useComments } from './commentsApi'
import { MentionText } from './MentionText'

export function Comments({ projectId, taskId }: { projectId: string; taskId: string }) {
  const comments = useQuery(commentsQuery(projectId, taskId))
  const change = useComments(projectId, taskId)
  const { nameOf } = useMembers(projectId)
  const { data: me } = useQuery(meQuery)
  return (
    <div className={classes.comments}>
      <Result what="The comments" question={comments} skeleton={<RowsSkeleton rows={1} />}>
        {({ comments: rows }) =>
          rows.length > 0 && (
            <ul className={classes.list}>
              {rows.map((comment) => (
                <li key={comment.id}>
                  <span className={classes.line}>
                    <b>{nameOf(comment.author_id)}</b> <When at={comment.at} />
                    {comment.author_id === me?.member.id && (
                      <ActionIcon
                        size="xs"
                        aria-label="Delete comment"
                        title="Delete"
                        disabled={change.isPending}
                        onClick={() => change.mutate({ kind: 'delete', id: comment.id })}
                      >
                        <IconTrash size={12} />
                      </ActionIcon>
                    )}
                  </span>
                  <MentionText projectId={projectId} text={comment.text} />
                </li>
              ))}
            </ul>
          )
        }
      </Result>
      <CommentInput
        projectId={projectId}
        isPending={change.isPending}
        onSend={(text, mentions, done) => change.mutate({ kind: 'add', text, mentions }, { onSuccess: done })}
      />
    </div>
  )
}
