// A funnel, and its figures by value, as pieces of boards: its steps are in the search.
import { IconListNumbers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { Conversion } from './Answer'
import { funnelQuery } from './api'
import { Breakdown } from './Breakdown'
import type { FunnelAnswer } from './figures'
import { type FunnelSearch, isAskable, parseFunnelSearch, withDropped } from './model'

type Shown = { answer: FunnelAnswer; search: FunnelSearch; isStale: boolean }
type AnswerProps = PieceProps & { title: string; children: (shown: Shown) => ReactNode }

function Answer({ projectId, search: raw, title, children }: AnswerProps) {
  const search = parseFunnelSearch(raw)
  const funnel = useQuery({ ...funnelQuery(projectId, search), enabled: isAskable(search) })
  if (!isAskable(search))
    return (
      <Card title={title}>
        <Empty icon={IconListNumbers} title="Choose the steps first">
          Open Funnels, fill in every step, and add its figures to this board.
        </Empty>
      </Card>
    )
  return (
    <TileResult title={title} what="The funnel" question={funnel} height={240}>
      {(answer) => children({ answer, search, isStale: funnel.isPlaceholderData })}
    </TileResult>
  )
}

const NEEDED = 'the steps of a funnel'

export const PIECES: Piece[] = [
  {
    id: 'funnels.conversion',
    title: 'Funnel',
    kind: 'chart',
    width: 2,
    needs: NEEDED,
    component: (props) => (
      <Answer {...props} title="Funnel">
        {(shown) => (
          <Conversion
            {...shown}
            onDropped={(step) => props.onShow(withDropped(shown.search, step))}
            onLonger={() => props.onShow({ ...shown.search, period: '90d' })}
          />
        )}
      </Answer>
    ),
  },
  {
    id: 'funnels.breakdown',
    title: 'Funnel by value',
    kind: 'table',
    width: 4,
    needs: `${NEEDED}, and by what it is broken down`,
    component: (props) => (
      <Answer {...props} title="Funnel by value">
        {({ answer: { groups }, search: { by }, isStale }) =>
          by && groups && groups.length > 0 ? (
            <Breakdown groups={groups} by={by} isStale={isStale} />
          ) : (
            <Card title="Funnel by value">
              <Empty title="No values in this period" />
            </Card>
          )
        }
      </Answer>
    ),
  },
]
