// Calls and what they cost as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { usageQuery } from './api'
import { parseBillingSearch } from './model'
import { UsageFigures } from './UsageFigures'
import { periodOf } from './UsageTab'
import { UsageTable } from './UsageTable'

function useUsage(projectId: string, raw: Record<string, unknown>) {
  const search = parseBillingSearch(raw)
  const group = search.group === 'month' ? ('month' as const) : ('day' as const)
  const usage = useQuery(usageQuery(projectId, { period: periodOf(search), group, widget: search.widget }))
  return { search, group, usage }
}

function FiguresPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { search, group, usage } = useUsage(projectId, raw)
  return (
    <TileResult title="Usage" what="Usage" question={usage} height={304}>
      {(data) => <UsageFigures projectId={projectId} usage={data} group={group} search={search} onChange={onShow} />}
    </TileResult>
  )
}

function RowsPiece({ projectId, search: raw }: PieceProps) {
  const { group, usage } = useUsage(projectId, raw)
  return (
    <TileResult title="Usage" what="Usage" question={usage} height={304}>
      {(data) => <UsageTable usage={data} group={group} isStale={usage.isPlaceholderData} />}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  { id: 'billing.usage', title: 'Calls and amounts', kind: 'chart', width: 4, component: FiguresPiece },
  { id: 'billing.rows', title: 'Calls by day', kind: 'table', width: 4, component: RowsPiece },
]
