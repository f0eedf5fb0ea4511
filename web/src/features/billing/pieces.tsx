// Calls and what they cost as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { TileResult } from '../../ui/TileResult'
import { TileTitle } from '../../ui/TileTitle'
import type { Piece, PieceProps } from '../../ui/tile'
import { AdjustmentList } from './AdjustmentList'
import { healthQuery, usageQuery } from './api'
import { Completion, type Health, Runs } from './HealthTab'
import { Months } from './MonthsTab'
import { parseBillingSearch, type Tab } from './model'
import { SessionList } from './SessionList'
import { UsageFigures } from './UsageFigures'
import { periodOf } from './UsageTab'
import { UsageTable } from './UsageTable'
import { WidgetActivity } from './WidgetActivity'

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

function SessionsPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { open: _open, ...search } = parseBillingSearch({ ...raw, group: 'session' })
  return (
    <TileTitle title="Calls by session">
      <SessionList
        projectId={projectId}
        period={periodOf(search)}
        widget={search.widget}
        differing={search.differing === true}
        openKey={undefined}
        onOpen={(open) => onShow({ ...search, open })}
      />
    </TileTitle>
  )
}

type HealthProps = PieceProps & { title: string; children: (health: Health) => ReactNode }

function CallHealth({ projectId, search, title, children }: HealthProps) {
  const health = useQuery(healthQuery(projectId, periodOf(parseBillingSearch(search))))
  return (
    <TileResult title={title} what="Call health" question={health} height={160}>
      {(data) => <TileTitle title={title}>{children(data)}</TileTitle>}
    </TileResult>
  )
}

const toTab = (onShow: PieceProps['onShow']) => (tab: Tab) => onShow(tab === 'usage' ? {} : { tab })

const MONTHS = { tab: 'months' }
const HEALTH = { tab: 'health' }

export const PIECES: Piece[] = [
  { id: 'billing.usage', title: 'Calls and amounts', kind: 'chart', width: 4, component: FiguresPiece },
  { id: 'billing.rows', title: 'Calls by day', kind: 'table', width: 4, component: RowsPiece },
  {
    id: 'billing.sessions',
    title: 'Calls by session',
    kind: 'table',
    width: 4,
    at: { group: 'session' },
    component: SessionsPiece,
  },
  {
    id: 'billing.months',
    title: 'Months',
    kind: 'table',
    width: 2,
    at: MONTHS,
    component: ({ projectId, onShow }) => <Months projectId={projectId} onShow={toTab(onShow)} />,
  },
  {
    id: 'billing.adjustments',
    title: 'Adjustments',
    kind: 'table',
    width: 2,
    at: MONTHS,
    component: ({ projectId, onShow }) => (
      <AdjustmentList projectId={projectId} openKey={undefined} onOpen={(open) => onShow({ ...MONTHS, open })} />
    ),
  },
  {
    id: 'billing.completion',
    title: 'Completion of calls',
    kind: 'figure',
    width: 4,
    at: HEALTH,
    component: (props) => (
      <CallHealth {...props} title="Completion of calls">
        {(health) => <Completion completion={health.session_completion} onShow={toTab(props.onShow)} />}
      </CallHealth>
    ),
  },
  {
    id: 'billing.runs',
    title: 'Cleanup runs',
    kind: 'table',
    width: 2,
    at: HEALTH,
    component: (props) => (
      <CallHealth {...props} title="Cleanup runs">
        {(health) => <Runs runs={health.cleanup_runs} />}
      </CallHealth>
    ),
  },
  {
    id: 'billing.widgets',
    title: 'Loads and opens of widgets',
    kind: 'table',
    width: 2,
    at: { tab: 'widgets' },
    component: ({ projectId, search, onShow }) => (
      <WidgetActivity projectId={projectId} search={parseBillingSearch(search)} onChange={onShow} />
    ),
  },
]
