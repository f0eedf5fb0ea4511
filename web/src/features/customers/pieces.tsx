// The list of customers and the figures of their sessions as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SessionFigures } from '../../api/types'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { sessionFiguresQuery } from './api'
import { CustomerList } from './CustomerList'
import { parseCustomersSearch, sortedBy } from './model'
import { SessionShares, SessionStrip } from './SessionFigures'

type SessionsProps = PieceProps & { title: string; height: number; children: (figures: SessionFigures) => ReactNode }

function Sessions({ projectId, search, title, height, children }: SessionsProps) {
  const { active = 'all' } = parseCustomersSearch(search)
  const figures = useQuery(sessionFiguresQuery(projectId, active))
  return (
    <TileResult title={title} what="The session figures" question={figures} height={height}>
      {children}
    </TileResult>
  )
}

function ListPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { open: _open, ...search } = parseCustomersSearch(raw)
  return (
    <CustomerList
      projectId={projectId}
      search={search}
      onSort={(sort) => onShow(sortedBy(search, sort))}
      onOpen={(open) => onShow({ ...search, open })}
      onShowAll={() => onShow({})}
    />
  )
}

export const PIECES: Piece[] = [
  {
    id: 'customers.sessions',
    title: 'Sessions of customers',
    kind: 'figure',
    width: 2,
    component: (props) => (
      <Sessions {...props} title="Sessions of customers" height={66}>
        {(figures) => <SessionStrip figures={figures} />}
      </Sessions>
    ),
  },
  {
    id: 'customers.devices',
    title: 'Devices of customers',
    kind: 'chart',
    width: 1,
    component: (props) => (
      <Sessions {...props} title="Devices of customers" height={180}>
        {({ devices, sessions }) => <SessionShares title="Devices of customers" groups={devices} total={sessions} />}
      </Sessions>
    ),
  },
  {
    id: 'customers.browsers',
    title: 'Browsers of customers',
    kind: 'chart',
    width: 1,
    component: (props) => (
      <Sessions {...props} title="Browsers of customers" height={180}>
        {({ browsers, sessions }) => <SessionShares title="Browsers of customers" groups={browsers} total={sessions} />}
      </Sessions>
    ),
  },
  { id: 'customers.list', title: 'Signed-in customers', kind: 'table', width: 4, component: ListPiece },
]
