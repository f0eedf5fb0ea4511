// The comments that mention the signed-in member, new ones marked.
import { Button } from '@mantine/core'
import { IconAt } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMembers } from '../../../api/members'
import { uniqueRows } from '../../../api/question'
import { Card } from '../../../ui/Card'
import { LoadMore } from '../../../ui/LoadMore'
import { PersonLink } from '../../../ui/PersonLink'
import { Result } from '../../../ui/Result'
import { Empty, RowsSkeleton } from '../../../ui/States'
import { TILE_ROWS, useTile } from '../../../ui/tile'
import { When } from '../../../ui/When'
import { contactName } from '../contacts/model'
import classes from './Comments.module.css'
import { type Mention, mentionsQuery, useMarkRead } from './commentsApi'
import { MentionText } from './MentionText'
import { taskTitle } from './model'

type Props = { projectId: string; onOpen: (contactId: string, taskId: string) => void }

export function MentionList({ projectId, onOpen }: Props) {
  const mentions = useInfiniteQuery(mentionsQuery(projectId))
  const mark = useMarkRead(projectId)
  const tile = useTile()
  const rows = uniqueRows(mentions.data?.pages.map((page) => page.mentions) ?? [], ({ id }) => id)
  const unread = mentions.data?.pages[0]?.unread ?? 0
  const all = unread > 0 && (
    <Button variant="default" loading={mark.isPending} onClick={() => mark.mutate(null)}>
      Mark all as read
    </Button>
  )
  return (
    <Card title="Mentions" piece="tasks.mentions" help="Comments on tasks that mention you." flush actions={all}>
      <Result what="The mentions" question={mentions} skeleton={<RowsSkeleton rows={6} />}>
        {() =>
          rows.length === 0 ? (
            <Empty icon={IconAt} title="No mentions yet">
              When somebody writes @ and your name in a comment on a task, it is listed here.
            </Empty>
          ) : (
            <>
              <ul className={classes.mentions}>
                {(tile ? rows.slice(0, TILE_ROWS) : rows).map((mention) => (
                  <Item
                    key={mention.id}
                    projectId={projectId}
                    mention={mention}
                    onRead={() => mark.mutate([mention.id])}
                    onOpen={() => onOpen(mention.contact.id, mention.task_id)}
                  />
                ))}
              </ul>
              <LoadMore
                shown={rows.length}
                what="mentions"
                one="mention"
                hasMore={mentions.hasNextPage}
                isLoading={mentions.isFetchingNextPage}
                onMore={() => void mentions.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}

function Item({
  projectId,
  mention,
  onRead,
  onOpen,
}: {
  projectId: string
  mention: Mention
  onRead: () => void
  onOpen: () => void
}) {
  const { nameOf } = useMembers(projectId)
  const isNew = mention.read_at == null
  const open = () => {
    if (isNew) onRead()
    onOpen()
  }
  return (
    <li data-new={isNew || undefined}>
      <span className={classes.dot} {...(isNew ? { role: 'img', 'aria-label': 'New' } : {})} />
      <div>
        <span className={classes.about}>
          <b>{nameOf(mention.comment.author_id)}</b> on <b>{taskTitle(mention.task_title)}</b> for{' '}
          <PersonLink personId={mention.contact.id}>{contactName(mention.contact)}</PersonLink> ·{' '}
          <When at={mention.comment.at} />
        </span>
        <MentionText projectId={projectId} text={mention.comment.text} />
      </div>
      <div className={classes.actions}>
        {isNew && (
          <Button variant="subtle" size="compact-sm" onClick={onRead}>
            Mark as read
          </Button>
        )}
        <Button variant="default" size="compact-sm" onClick={open}>
          Open task
        </Button>
      </div>
    </li>
  )
}
