// The lists of events and what became of them as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Outcomes } from '../../api/types'
import { analysisOf } from '../../lib/analysis'
import { TileResult } from '../../ui/TileResult'
import { TileTitle } from '../../ui/TileTitle'
import type { Piece, PieceProps } from '../../ui/tile'
import { Days, Reasons, Received } from './AccountCard'
import { outcomesQuery } from './api'
import { EventList } from './EventList'
import { FailedEvents } from './FailedEvents'
import { parseEventsSearch } from './model'

function ListPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { only } = parseEventsSearch(raw)
  const search = analysisOf(raw)
  const kept = { ...search, ...(only ? { only } : {}) }
  return (
    <EventList
      projectId={projectId}
      search={search}
      isFrictionOnly={only === 'friction'}
      openId={undefined}
      onFrictionOnly={(isOnly) => onShow({ ...search, ...(isOnly ? { only: 'friction' } : {}) })}
      onOpen={(open) => onShow({ ...kept, open })}
    />
  )
}

type AccountProps = PieceProps & { title: string; height: number; children: (outcomes: Outcomes) => ReactNode }

function Account({ projectId, search, title, height, children }: AccountProps) {
  const outcomes = useQuery(outcomesQuery(projectId, analysisOf(search)))
  return (
    <TileResult title={title} what="The outcomes" question={outcomes} height={height}>
      {(data) => <TileTitle title={title}>{children(data)}</TileTitle>}
    </TileResult>
  )
}

const ACCOUNT = { tab: 'account' }
const FAILED = { tab: 'failed' }

export const PIECES: Piece[] = [
  { id: 'events.list', title: 'Recent events', kind: 'table', width: 4, needed: 'analyst', component: ListPiece },
  {
    id: 'events.received',
    title: 'Received events',
    kind: 'figure',
    width: 2,
    at: ACCOUNT,
    component: (props) => (
      <Account {...props} title="Received events" height={66}>
        {(outcomes) => <Received outcomes={outcomes} />}
      </Account>
    ),
  },
  {
    id: 'events.rejected',
    title: 'Rejected events by reason',
    kind: 'chart',
    width: 2,
    at: ACCOUNT,
    component: (props) => (
      <Account {...props} title="Rejected events by reason" height={180}>
        {(outcomes) => <Reasons outcomes={outcomes} />}
      </Account>
    ),
  },
  {
    id: 'events.days',
    title: 'Outcomes by day',
    kind: 'table',
    width: 2,
    at: ACCOUNT,
    component: (props) => (
      <Account {...props} title="Outcomes by day" height={240}>
        {(outcomes) => <Days outcomes={outcomes} />}
      </Account>
    ),
  },
  {
    id: 'events.failed',
    title: 'Failed events',
    kind: 'table',
    width: 2,
    needed: 'analyst',
    at: FAILED,
    component: ({ projectId, onShow }) => (
      <FailedEvents projectId={projectId} openId={undefined} onOpen={(open) => onShow({ ...FAILED, open })} />
    ),
  },
]
