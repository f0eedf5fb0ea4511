// The parts of an error's page as pieces of boards; the search names the error.
import { IconBug } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { textOf, withRange } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import { TileTitle } from '../../ui/TileTitle'
import type { Piece, PieceProps } from '../../ui/tile'
import { Affected } from './Affected'
import { type ErrorDetail, errorQuery } from './api'
import { Breakdown } from './Breakdown'
import { GroupCost } from './GroupCost'
import { GroupFigures } from './GroupFigures'
import { MissingError } from './MissingError'
import { errorName, GROUP_PARAMETER, type GroupSearch, parseGroupSearch, scopeOf } from './model'
import { Occurrences } from './Occurrences'
import type { ErrorParts } from './parts'

type GroupProps = PieceProps & { title: string; children: (error: ErrorDetail, search: GroupSearch) => ReactNode }

function OfError(props: GroupProps) {
  const group = textOf(props.search[GROUP_PARAMETER])
  if (group !== undefined) return <Known {...props} group={group} />
  return (
    <Card title={props.title}>
      <Empty icon={IconBug} title="Choose an error first">
        Open Errors and one of them, and add a part of its page to this board.
      </Empty>
    </Card>
  )
}

function Known({ projectId, search: raw, title, group, children }: GroupProps & { group: string }) {
  const search = parseGroupSearch(raw)
  const error = useQuery(errorQuery(projectId, group, scopeOf(search)))
  return (
    <TileResult title={title} what="The error" question={error} height={200}>
      {(found) =>
        found ? (
          <TileTitle title={`${title}: ${errorName(found)}`}>{children(found, search)}</TileTitle>
        ) : (
          <MissingError />
        )
      }
    </TileResult>
  )
}

const NEEDED = 'an error'

export const groupPieces = ({ Cost }: ErrorParts): Piece[] => [
  {
    id: 'error.figures',
    title: 'Figures of an error',
    kind: 'figure',
    width: 4,
    needs: NEEDED,
    component: (props) => (
      <OfError {...props} title="Error">
        {(error) => <GroupFigures error={error} />}
      </OfError>
    ),
  },
  {
    id: 'error.occurrences',
    title: 'Occurrences of an error over time',
    kind: 'chart',
    width: 2,
    needs: NEEDED,
    component: (props) => (
      <OfError {...props} title="Occurrences">
        {(error, search) => (
          <Occurrences
            projectId={props.projectId}
            search={scopeOf(search)}
            error={error}
            onRange={(range) => {
              const { period: _period, ...rest } = search
              props.onShow({ ...rest, ...withRange(scopeOf(rest), range) })
            }}
          />
        )}
      </OfError>
    ),
  },
  {
    id: 'error.breakdown',
    title: 'Where an error happens',
    kind: 'chart',
    width: 2,
    needs: NEEDED,
    component: (props) => (
      <OfError {...props} title="Where it happens">
        {(error, search) => <Breakdown error={error} search={search} onShow={props.onShow} />}
      </OfError>
    ),
  },
  {
    id: 'error.cost',
    title: 'Cost of an error',
    kind: 'figure',
    width: 2,
    needs: NEEDED,
    component: (props) => (
      <OfError {...props} title="Cost">
        {(error, search) => (
          <GroupCost projectId={props.projectId} search={scopeOf(search)} error={error} Cost={Cost} />
        )}
      </OfError>
    ),
  },
  {
    id: 'error.affected',
    title: 'Sessions and people that met an error',
    kind: 'table',
    width: 4,
    needs: NEEDED,
    needed: 'analyst',
    component: (props) => (
      <OfError {...props} title="Affected">
        {({ error_group: group }, search) => (
          <Affected projectId={props.projectId} group={group} search={search} onShow={props.onShow} />
        )}
      </OfError>
    ),
  },
]
