// The figures of the server as pieces of boards, for its owner.
import type { ReactNode } from 'react'
import { TileResult } from '../../ui/TileResult'
import type { Piece } from '../../ui/tile'
import { useOperations } from './api'
import { DiskCard } from './DiskCard'
import { Endpoints } from './Endpoints'
import { Jobs } from './Jobs'
import { parseOperationsSearch, type ServerFigures } from './model'
import { NotOwner } from './NotOwner'
import { Projections } from './Projections'
import { ServerStrip } from './ServerStrip'

type ServerProps = { title: string; height: number; children: (figures: ServerFigures) => ReactNode }

function OfServer({ title, height, children }: ServerProps) {
  const { mayRead, operations } = useOperations()
  if (!mayRead) return <NotOwner title={title} />
  return (
    <TileResult title={title} what="The figures of the server" question={operations} height={height}>
      {children}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  {
    id: 'operations.server',
    title: 'This server',
    kind: 'figure',
    width: 4,
    component: () => (
      <OfServer title="This server" height={72}>
        {(figures) => <ServerStrip figures={figures} />}
      </OfServer>
    ),
  },
  {
    id: 'operations.jobs',
    title: 'Jobs',
    kind: 'table',
    width: 4,
    component: () => (
      <OfServer title="Jobs" height={264}>
        {({ jobs, last_cleanup }) => <Jobs jobs={jobs} lastCleanup={last_cleanup ?? null} />}
      </OfServer>
    ),
  },
  {
    id: 'operations.endpoints',
    title: 'Response times',
    kind: 'table',
    width: 4,
    component: ({ search, onShow }) => (
      <OfServer title="Response times" height={264}>
        {({ requests }) => <Endpoints requests={requests} search={parseOperationsSearch(search)} onChange={onShow} />}
      </OfServer>
    ),
  },
  {
    id: 'operations.projections',
    title: 'Projections',
    kind: 'table',
    width: 2,
    component: () => (
      <OfServer title="Projections" height={200}>
        {({ projections }) => <Projections projections={projections} />}
      </OfServer>
    ),
  },
  {
    id: 'operations.disk',
    title: 'Disk',
    kind: 'chart',
    width: 2,
    component: () => (
      <OfServer title="Disk" height={200}>
        {({ disk }) => <DiskCard disk={disk} />}
      </OfServer>
    ),
  },
]
