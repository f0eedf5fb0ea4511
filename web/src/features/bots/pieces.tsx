// The figures, chart and list of bots as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type BotShare, botsQuery } from '../../api/bots'
import { analysisOf, withRange } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { TileResult } from '../../ui/TileResult'
import { TileTitle } from '../../ui/TileTitle'
import type { Piece, PieceProps } from '../../ui/tile'
import { BotChart } from './BotChart'
import { BotFigures } from './BotFigures'
import { BotTable } from './BotTable'
import { NoBots } from './NoBots'

type AnswerProps = PieceProps & { title: string; children: (answer: BotShare) => ReactNode }

function Answer({ projectId, search: raw, onShow, title, children }: AnswerProps) {
  const search = analysisOf(raw)
  const bots = useQuery(botsQuery(projectId, search))
  return (
    <TileResult title={title} what="The bots" question={bots} height={220}>
      {(answer) =>
        answer.bot_events === 0 && !bots.isPlaceholderData ? (
          <Card title={title}>
            <NoBots answer={answer} search={search} onShow={onShow} />
          </Card>
        ) : (
          <TileTitle title={title}>{children(answer)}</TileTitle>
        )
      }
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  {
    id: 'bots.figures',
    title: 'Share of bots',
    kind: 'figure',
    width: 4,
    component: (props) => (
      <Answer {...props} title="Share of bots">
        {(answer) => <BotFigures answer={answer} />}
      </Answer>
    ),
  },
  {
    id: 'bots.events',
    title: 'Events of bots',
    kind: 'chart',
    width: 2,
    component: (props) => (
      <Answer {...props} title="Events of bots">
        {(answer) => (
          <BotChart answer={answer} onRange={(range) => props.onShow(withRange(analysisOf(props.search), range))} />
        )}
      </Answer>
    ),
  },
  {
    id: 'bots.list',
    title: 'Bots',
    kind: 'table',
    width: 2,
    component: (props) => (
      <Answer {...props} title="Bots">
        {(answer) => <BotTable projectId={props.projectId} search={analysisOf(props.search)} answer={answer} />}
      </Answer>
    ),
  },
]
