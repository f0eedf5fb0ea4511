// The table of recordings; a row opens its player.
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconFilter, IconSearchOff, IconVideo } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import { duration } from '../../lib/format'
import { ToneBadge } from '../../ui/Badges'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num, Time } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { LoadMore } from '../../ui/LoadMore'
import { Path } from '../../ui/Path'
import { PersonLink } from '../../ui/PersonLink'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import { type Recording, recordingsQuery } from './api'
import { isOngoing, pathOf, shortId, sizeText } from './model'
import classes from './Recordings.module.css'
import type { RecordingFilter } from './search'

type Props = {
  projectId: string
  filter: RecordingFilter
  onFilter: (more: RecordingFilter) => void
  onShowAll: () => void
  onOpen: (id: string) => void
}

export function RecordingList({ projectId, filter, onFilter, onShowAll, onOpen }: Props) {
  const recordings = useInfiniteQuery(recordingsQuery(projectId, filter))
  const rows = uniqueRows(recordings.data?.pages.map((page) => page.recordings) ?? [], ({ id }) => id)
  const { columns, menu } = useColumns('recordings', recordingColumns(filter, onFilter), rows, { hasCsv: false })
  return (
    <Card
      title="All recordings"
      piece="recordings.list"
      help="Visits recorded by the tracker, with all text masked. Only visitors who consented are recorded."
      flush
      actions={menu}
    >
      <Result what="The recordings" question={recordings} skeleton={<RowsSkeleton rows={10} />}>
        {() =>
          rows.length === 0 ? (
            <NoRecordings projectId={projectId} isFiltered={Object.keys(filter).length > 0} onShowAll={onShowAll} />
          ) : (
            <>
              <DataTable
                label="Recordings"
                columns={columns}
                rows={rows}
                rowKey={({ id }) => id}
                isStale={recordings.isPlaceholderData}
                onOpen={({ id }) => onOpen(id)}
              />
              <LoadMore
                shown={rows.length}
                what="recordings"
                one="recording"
                hasMore={recordings.hasNextPage}
                isLoading={recordings.isFetchingNextPage}
                onMore={() => void recordings.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}

function recordingColumns(filter: RecordingFilter, onFilter: Props['onFilter']): Column<Recording>[] {
  return [
    {
      key: 'page',
      header: 'Page',
      cell: ({ page_url }) => (page_url ? <Path path={pathOf(page_url)} /> : 'Unknown page'),
      small: 'title',
    },
    {
      key: 'who',
      header: 'Visitor',
      cell: (recording) => (
        <Visitor recording={recording} isFiltered={filter.visitor_id !== undefined} onFilter={onFilter} />
      ),
    },
    { key: 'started', header: 'Started', cell: (recording) => <Started recording={recording} /> },
    {
      key: 'duration',
      header: 'Duration',
      align: 'right',
      cell: ({ duration_seconds }) => duration(duration_seconds * 1_000),
      small: 'figure',
    },
    { key: 'events', header: 'Events', align: 'right', cell: ({ events }) => <Num value={events} /> },
    { key: 'size', header: 'Size', align: 'right', cell: ({ bytes }) => sizeText(bytes), isExtra: true },
  ]
}

function Started({ recording }: { recording: Recording }) {
  return (
    <span className={classes.started}>
      <Time at={recording.started_at} />
      {isOngoing(recording, Date.now()) && <ToneBadge tone="good">Recording now</ToneBadge>}
    </span>
  )
}

/** The customer where one is known, else the visitor; both can be filtered by. */
function Visitor({
  recording,
  isFiltered,
  onFilter,
}: {
  recording: Recording
  isFiltered: boolean
  onFilter: Props['onFilter']
}) {
  const { user_id, visitor_id, session_id } = recording
  const more: RecordingFilter = visitor_id ? { visitor_id } : { session_id }
  return (
    <span className={classes.who}>
      <span className={classes.id} title={user_id ?? visitor_id ?? session_id}>
        {user_id ? <PersonLink personId={user_id}>{user_id}</PersonLink> : shortId(visitor_id ?? session_id)}
      </span>
      {!isFiltered && (
        <Tooltip label="Only this visitor">
          <ActionIcon
            size="sm"
            aria-label={`Only recordings of visitor ${visitor_id ?? session_id}`}
            onClick={(event) => {
              event.stopPropagation()
              onFilter(more)
            }}
          >
            <IconFilter size={13} />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  )
}

function NoRecordings({
  projectId,
  isFiltered,
  onShowAll,
}: {
  projectId: string
  isFiltered: boolean
  onShowAll: () => void
}) {
  if (isFiltered) {
    return (
      <Empty
        icon={IconSearchOff}
        title="No recordings found"
        action={
          <Button variant="default" onClick={onShowAll}>
            Show all recordings
          </Button>
        }
      >
        No recording is of this visitor, or it is older than the retention period.
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconVideo}
      title="No recordings yet"
      action={
        <LinkButton to="/p/$projectId/sdk" params={{ projectId }} size="sm">
          Set up recording
        </LinkButton>
      }
    >
      A recording replays what a visitor saw and did. Recording is off until you choose a share of visits, or pages, in
      the tracker’s settings.
    </Empty>
  )
}
