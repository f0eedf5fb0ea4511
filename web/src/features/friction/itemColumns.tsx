// The columns of the friction list and its CSV.
import type { FrictionItem } from '../../api/types'
import { Sparkline } from '../../charts/Sparkline'
import { frictionName } from '../../lib/frictionItem'
import { kindLabel } from '../../lib/words'
import { KindBadge, LevelBadge } from '../../ui/Badges'
import type { Column } from '../../ui/DataTable'
import { ChangeBadge, Num, Time } from '../../ui/Figures'
import { Selector } from '../../ui/Path'
import { CostCell, type Costs, isCostShown, scaleOf } from './CostCell'
import classes from './Friction.module.css'
import { itemPlace, scoreText, topKinds } from './model'

export function itemColumns(costs: Costs): Column<FrictionItem>[] {
  const scale = scaleOf(costs)
  const cost: Column<FrictionItem> = {
    key: 'lost',
    header: 'Lost a week',
    align: 'right',
    cell: (item) => <CostCell costs={costs} item={item} scale={scale} />,
  }
  return [...BEFORE, ...(isCostShown(costs) ? [cost] : []), ...AFTER]
}

const BEFORE: Column<FrictionItem>[] = [
  { key: 'what', header: 'Element or error', cell: (item) => <What item={item} />, small: 'title' },
  { key: 'kinds', header: 'Kinds', cell: (item) => <Kinds item={item} />, isExtra: true, small: 'fact' },
  {
    key: 'trend',
    header: 'Trend',
    cell: (item) => <Sparkline values={item.trend} tone="bad" height={22} width={64} />,
    isExtra: true,
  },
  {
    key: 'score',
    header: 'Score',
    align: 'right',
    sort: 'score',
    cell: (item) => <b className={classes.score}>{scoreText(item.score)}</b>,
    small: 'figure',
  },
]

const AFTER: Column<FrictionItem>[] = [
  { key: 'count', header: 'Count', align: 'right', sort: 'count', cell: (item) => <Num value={item.count} /> },
  {
    key: 'change',
    header: 'Change',
    align: 'right',
    cell: (item) => <ChangeBadge current={item.count} previous={item.previous_count} good="down" />,
  },
  {
    key: 'sessions',
    header: 'Sessions',
    align: 'right',
    sort: 'sessions',
    cell: (item) => <Num value={item.sessions} />,
  },
  { key: 'visitors', header: 'Visitors', align: 'right', cell: (item) => <Num value={item.visitors} />, isExtra: true },
  { key: 'severity', header: 'Severity', cell: (item) => <LevelBadge level={item.severity} /> },
  {
    key: 'last_seen',
    header: 'Last seen',
    align: 'right',
    sort: 'last_seen',
    cell: (item) => <Time at={item.last_seen} />,
  },
]

function What({ item }: { item: FrictionItem }) {
  const { selector, page } = itemPlace(item)
  return (
    <div className={classes.what}>
      <span className={classes.whatTitle} title={frictionName(item)}>
        {frictionName(item)}
      </span>
      {selector && <Selector selector={selector} />}
      {page && <span className={classes.whatPage}>{page}</span>}
    </div>
  )
}

function Kinds({ item }: { item: FrictionItem }) {
  const { kinds, left } = topKinds(item, 1)
  return (
    <span className={classes.kinds}>
      {kinds.map(({ kind }) => (
        <KindBadge key={kind} kind={kind} />
      ))}
      {left > 0 && (
        <span title={item.kinds.map(({ kind, count }) => `${kindLabel(kind)} ${count}`).join(', ')}>+{left}</span>
      )}
    </span>
  )
}
