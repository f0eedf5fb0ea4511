// The figures by the value that people had at the first step: a row for each value, a column for each step.
import { percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { CsvButton } from '../../ui/TableActions'
import classes from './Funnels.module.css'
import { answeredLabel, endsOf, type FunnelGroup, type FunnelStep, groupLabel, groupsSheet } from './figures'
import { BREAKDOWN_LABELS, type Breakdown as Dimension } from './model'

type Props = { groups: FunnelGroup[]; by: Dimension; isStale: boolean }

export function Breakdown({ groups, by, isStale }: Props) {
  const name = BREAKDOWN_LABELS[by]
  const title = `By ${/^[A-Z]{2}/.test(name) ? name : name.toLowerCase()}`
  const steps = groups[0]?.steps ?? []
  const columns: Column<FunnelGroup>[] = [
    { key: 'value', header: name, cell: groupLabel, small: 'title' },
    ...steps.map((step, index): Column<FunnelGroup> => {
      const label = answeredLabel(step, index, steps.length)
      return {
        key: String(index),
        header: `${index + 1}. ${shortened(label)}`,
        align: 'right',
        cell: (group) => <Cell step={group.steps[index]} isFirst={index === 0} />,
      }
    }),
    {
      key: 'conversion',
      header: 'Conversion',
      align: 'right',
      cell: ({ steps: own }) => <Share share={endsOf(own).share} />,
      small: 'figure',
    },
  ]
  return (
    <Card
      title={title}
      piece="funnels.breakdown"
      help="Most frequent first. It is the value at the first step: who goes on with another one still counts where they began."
      flush
      actions={<CsvButton sheet={groupsSheet(groups, by)} />}
    >
      <DataTable
        label={title}
        columns={columns}
        rows={groups}
        rowKey={(group) => `${group.kind} ${group.value ?? ''}`}
        isStale={isStale}
        isScrolled
      />
    </Card>
  )
}

const HEADER_LENGTH = 22

function shortened(label: string): string {
  return label.length > HEADER_LENGTH ? `${label.slice(0, HEADER_LENGTH - 1)}…` : label
}

function Cell({ step, isFirst }: { step: FunnelStep | undefined; isFirst: boolean }) {
  if (step === undefined) return '–'
  return (
    <>
      <Num value={step.units} />
      {!isFirst && step.share_of_first != null && (
        <span className={classes.muted}> {percent(step.share_of_first)}</span>
      )}
    </>
  )
}

function Share({ share }: { share: number | null }) {
  return <b>{share === null ? '–' : percent(share)}</b>
}
