// The web vitals page by page.
import type { VitalPage } from '../../api/types'
import type { WholeList } from '../../api/wholeList'
import { rateVital, VITAL_NAMES, vital, vitalValue } from '../../lib/vitals'
import { Card } from '../../ui/Card'
import { DataTable, type Column } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { Num } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Path } from '../../ui/Path'
import { valueOf } from './model'
import classes from './Performance.module.css'

const COLUMNS: Column<VitalPage>[] = [
  { key: 'path', header: 'Page', cell: (page) => <Path path={page.path} />, small: 'title' },
  { key: 'samples', header: 'Measurements', align: 'right', cell: (page) => <Num value={page.samples} /> },
  ...VITAL_NAMES.map((metric, index): Column<VitalPage> => ({
    key: metric,
    header: vital(metric).short,
    align: 'right',
    cell: (page) => <Rated metric={metric} value={valueOf(page, metric)} />,
    ...(index === 0 ? { small: 'figure' as const } : {}),
    ...(index > 2 ? { isExtra: true, small: 'fact' as const } : {}),
  })),
]

type Props = { pages: VitalPage[]; isStale: boolean; list: () => WholeList }

export function VitalPages({ pages, isStale, list }: Props) {
  return (
    <Card title="Pages" help="75th percentile per page, most viewed pages first." flush actions={<ExportButton what="pages" one="page" list={list} isEmpty={pages.length === 0} />}>
      <DataTable label="Web vitals by page" columns={COLUMNS} rows={pages} rowKey={(page) => page.path} isStale={isStale} />
      <LoadMore shown={pages.length} what="pages" hasMore={false} isLoading={false} onMore={() => undefined} />
    </Card>
  )
}

function Rated({ metric, value }: { metric: string; value: number | null }) {
  const rating = rateVital(metric, value)
  const words = { good: 'good', needs_improvement: 'needs improvement', poor: 'poor' }
  return (
    <span className={classes.rated} data-rating={rating ?? undefined} title={rating ? words[rating] : undefined}>
      {vitalValue(metric, value)}
    </span>
  )
}
