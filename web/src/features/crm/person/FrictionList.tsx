// The friction a person met, by element and page, most often met first.

import { IconMoodSmile } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../../api/question'
import { SeverityBadge } from '../../../ui/Badges'
import { Card } from '../../../ui/Card'
import { type Column, DataTable } from '../../../ui/DataTable'
import { Num, Time } from '../../../ui/Figures'
import { LoadMore } from '../../../ui/LoadMore'
import { Result } from '../../../ui/Result'
import { SessionLink } from '../../../ui/SessionLink'
import { Empty, RowsSkeleton } from '../../../ui/States'
import { personTimelineQuery } from './api'
import { type FrictionMet, frictionMet } from './model'
import classes from './Person.module.css'

const FRICTION = ['friction'] as const
/** Occurrences read at a time. */
const READ = 200

export function FrictionList({ projectId, personId }: { projectId: string; personId: string }) {
  const friction = useInfiniteQuery(personTimelineQuery(projectId, personId, FRICTION, READ))
  const moments = uniqueRows(friction.data?.pages.map((page) => page.moments) ?? [], ({ id }) => id)
  return (
    <Card
      title="Friction they met"
      help="Friction in events that name the person. What they met before they signed in is in their sessions."
      flush
    >
      <Result what="The friction" question={friction} skeleton={<RowsSkeleton rows={6} />}>
        {() =>
          moments.length === 0 ? (
            <Empty icon={IconMoodSmile} title="No friction">
              No rage clicks, dead clicks, errors or rejected fields of this person are kept.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Friction of the person"
                columns={COLUMNS}
                rows={frictionMet(moments)}
                rowKey={({ key }) => key}
              />
              {friction.hasNextPage && (
                <LoadMore
                  shown={moments.length}
                  what="occurrences"
                  hasMore
                  isLoading={friction.isFetchingNextPage}
                  onMore={() => void friction.fetchNextPage()}
                />
              )}
            </>
          )
        }
      </Result>
    </Card>
  )
}

const COLUMNS: Column<FrictionMet>[] = [
  {
    key: 'what',
    header: 'Element or error',
    cell: ({ what }) => <span className={classes.element}>{what}</span>,
    small: 'title',
  },
  { key: 'kind', header: 'Kind', cell: ({ kind }) => <SeverityBadge kind={kind} />, small: 'line' },
  { key: 'path', header: 'Page', cell: ({ path }) => path ?? '–' },
  { key: 'count', header: 'Times', align: 'right', cell: ({ count }) => <Num value={count} />, small: 'figure' },
  {
    key: 'last',
    header: 'Last',
    cell: ({ lastAt, sessionId }) =>
      sessionId === null ? (
        <Time at={lastAt} />
      ) : (
        <SessionLink sessionId={sessionId}>
          <Time at={lastAt} />
        </SessionLink>
      ),
  },
]
