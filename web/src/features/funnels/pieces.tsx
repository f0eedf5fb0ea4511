// A funnel as a piece of boards: its steps are in the search.
import { IconListNumbers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { Conversion } from './Answer'
import { funnelQuery } from './api'
import { isAskable, parseFunnelSearch, withDropped } from './model'

function ConversionPiece({ projectId, search: raw, onShow }: PieceProps) {
  const search = parseFunnelSearch(raw)
  const funnel = useQuery({ ...funnelQuery(projectId, search), enabled: isAskable(search) })
  if (!isAskable(search))
    return (
      <Card title="Funnel">
        <Empty icon={IconListNumbers} title="Choose the steps first">
          Open Funnels, fill in every step, and add its conversion to this board.
        </Empty>
      </Card>
    )
  return (
    <TileResult title="Funnel" what="The funnel" question={funnel} height={240}>
      {(answer) => (
        <Conversion
          answer={answer}
          search={search}
          isStale={funnel.isPlaceholderData}
          onDropped={(step) => onShow(withDropped(search, step))}
          onLonger={() => onShow({ ...search, period: '90d' })}
        />
      )}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  {
    id: 'funnels.conversion',
    title: 'Funnel',
    kind: 'chart',
    width: 2,
    needs: 'the steps of a funnel',
    component: ConversionPiece,
  },
]
