// The top values of a breakdown: sessions as bars, with the share of them that converted; a value chosen becomes a filter.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { BarList } from '../../charts/BarList'
import { BREAKDOWN_LABELS, type Breakdown } from '../../lib/breakdowns'
import { valueHelp, valueLabel } from '../../lib/breakdownValues'
import { conversionShare } from '../../lib/engagement'
import { exactNumber, percent, shortNumber } from '../../lib/format'
import { Card as Frame } from '../../ui/Card'
import { PageTabs } from '../../ui/PageTabs'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import classes from './Acquisition.module.css'
import { type AcquisitionRow, CARD_ROWS, topQuery } from './api'
import {
  type AcquisitionSearch,
  type Card,
  filterValue,
  isChosen,
  pieceOf,
  tabLabel,
  withOpen,
  withTab,
  withValue,
} from './model'

type Props = { projectId: string; search: AcquisitionSearch; card: Card; onShow: (search: AcquisitionSearch) => void }

export function ValueCard({ projectId, search, card, onShow }: Props) {
  const shown = search[card.key] ?? card.tabs[0]
  return (
    <Frame title={card.title} help={card.help} piece={pieceOf(shown)}>
      {card.tabs.length > 1 && (
        <div className={classes.tabs}>
          <PageTabs
            label={card.title}
            value={shown}
            tabs={card.tabs.map((value) => ({ value, label: tabLabel(value) }))}
            onChange={(tab) => onShow(withTab(search, card.key, tab))}
          />
        </div>
      )}
      <Values key={shown} projectId={projectId} search={search} by={shown} onShow={onShow} />
    </Frame>
  )
}

/** One of its values alone, on a board. */
export function BreakdownCard({ by, ...props }: ValuesProps) {
  return (
    <Frame title={BREAKDOWN_LABELS[by]}>
      <Values {...props} by={by} />
    </Frame>
  )
}

type ValuesProps = {
  projectId: string
  search: AcquisitionSearch
  by: Breakdown
  onShow: (search: AcquisitionSearch) => void
}

function Values({ projectId, search, by, onShow }: ValuesProps) {
  const top = useQuery(topQuery(projectId, search, by))
  return (
    <Result what="The values" question={top} skeleton={<RowsSkeleton rows={CARD_ROWS} />}>
      {({ rows, total }) =>
        rows.length === 0 ? (
          <Empty title="Nothing in this period" />
        ) : (
          <div className={classes.values} data-stale={top.isPlaceholderData || undefined}>
            <div className={classes.valuesHead}>
              <span>{BREAKDOWN_LABELS[by]}</span>
              <span>Sessions</span>
              <span>Conversion</span>
            </div>
            <Bars rows={rows} search={search} by={by} onShow={onShow} />
            <Button
              className={classes.all ?? ''}
              variant="subtle"
              color="gray"
              size="compact-sm"
              aria-label={`${more(total, rows.length)}: ${BREAKDOWN_LABELS[by]}`}
              onClick={() => onShow(withOpen(search, by))}
            >
              {more(total, rows.length)}
            </Button>
          </div>
        )
      }
    </Result>
  )
}

function more(total: number, shown: number): string {
  return total > shown ? `Show all ${exactNumber(total)}` : 'Show all figures'
}

type BarsProps = {
  rows: AcquisitionRow[]
  search: AcquisitionSearch
  by: Breakdown
  onShow: (search: AcquisitionSearch) => void
}

/** The key of the bar of sessions without a value that no filter chooses, which no text from a page can be. */
const NONE = '\u0000'

function Bars({ rows, search, by, onShow }: BarsProps) {
  return (
    <BarList
      bars={rows.map((row) => {
        const share = conversionShare(row)
        return {
          key: filterValue(by, row.value) ?? NONE,
          name: valueLabel(by, row.value),
          value: row.sessions,
          figure: <span title={exactNumber(row.sessions)}>{shortNumber(row.sessions)}</span>,
          extra: share === null ? '–' : percent(share),
          title: [valueLabel(by, row.value), valueHelp(by, row.value)].filter(Boolean).join(': '),
          isChosen: isChosen(search, by, filterValue(by, row.value)),
          isPlain: filterValue(by, row.value) === undefined,
        }
      })}
      onChoose={(value) => onShow(withValue(search, by, value))}
    />
  )
}
