// The figures, cohorts and curve of retention as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { retentionQuery, type VisitorRetention } from './api'
import { CohortsCard } from './CohortsCard'
import { CurveCard } from './CurveCard'
import { visitorsOf } from './figures'
import { Headlines } from './Headlines'
import { parseRetentionSearch, type Unit, unitIn, withOpen } from './model'

type AnswerProps = Omit<PieceProps, 'onShow'> & {
  title: string
  children: (answer: VisitorRetention, unit: Unit) => ReactNode
}

function Answer({ projectId, search: raw, title, children }: AnswerProps) {
  const retention = useQuery(retentionQuery(projectId, parseRetentionSearch(raw)))
  return (
    <TileResult title={title} what="Retention" question={retention} height={220}>
      {(answer) =>
        visitorsOf(answer) === 0 && !retention.isPlaceholderData ? (
          <Card title={title}>
            <Empty title="No new visitors in this period" />
          </Card>
        ) : (
          children(answer, unitIn(answer))
        )
      }
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  {
    id: 'retention.figures',
    title: 'Visitors who come back',
    kind: 'figure',
    width: 4,
    component: (props) => (
      <Answer {...props} title="Key figures">
        {(answer, unit) => <Headlines answer={answer} unit={unit} />}
      </Answer>
    ),
  },
  {
    id: 'retention.cohorts',
    title: 'Cohorts',
    kind: 'table',
    width: 4,
    component: (props) => {
      const search = parseRetentionSearch(props.search)
      return (
        <Answer {...props} title="Cohorts">
          {(answer) => (
            <CohortsCard answer={answer} search={search} onOpen={(key) => props.onShow(withOpen(search, key))} />
          )}
        </Answer>
      )
    },
  },
  {
    id: 'retention.curve',
    title: 'Retention curve',
    kind: 'chart',
    width: 2,
    component: (props) => (
      <Answer {...props} title="Curve">
        {(answer, unit) => <CurveCard answer={answer} unit={unit} groups={null} />}
      </Answer>
    ),
  },
]
