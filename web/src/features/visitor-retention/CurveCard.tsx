// The curves: how the share of visitors who are back falls with time, of all cohorts or of the two groups compared.
import { useMemo } from 'react'
import { Curves, CurvesLegend } from '../../charts/Curves'
import type { CurveDrawing } from '../../charts/curves'
import { percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { ChartCard } from '../../ui/ChartCard'
import { Empty } from '../../ui/States'
import type { ChartTable } from '../../ui/TableActions'
import type { VisitorRetention } from './api'
import { comparisonSheet, curvesOf, type Group, rowsOf } from './comparison'
import { curveSheet, offsetName, offsetsOf } from './figures'
import type { Unit } from './model'

const HELP =
  'The share of visitors who are back so long after their first. The shaded band is where it lies with 95% confidence (Wilson’s interval): the fewer visitors, the wider.'

type Props = { answer: VisitorRetention; unit: Unit; groups: readonly [Group, Group] | null }

export function CurveCard({ answer, unit, groups }: Props) {
  const drawing: CurveDrawing = useMemo(() => {
    const { offsets, curves } = curvesOf(answer, groups)
    return { labels: offsets.map((offset) => offsetName(offset, unit)), curves }
  }, [answer, unit, groups])
  const sheet = groups
    ? {
        ...comparisonSheet(groups[0], groups[1], rowsOf(groups[0], groups[1], offsetsOf(answer)), unit),
        name: 'visitor-retention-curves',
      }
    : curveSheet(answer, unit)
  const piece = groups ? 'retention.compared-curves' : 'retention.curve'
  return <CurveFrame drawing={drawing} unit={unit} help={HELP} sheet={sheet} piece={piece} />
}

type FrameProps = {
  drawing: CurveDrawing
  unit: Unit
  help: string
  sheet: ChartTable
  piece: string | undefined
}

/** Curves in their card, or why there are none. */
export function CurveFrame({ drawing, unit, help, sheet, piece }: FrameProps) {
  if (drawing.labels.length === 0) {
    return (
      <Card title="Curve" help={help}>
        <Empty title={`No ${unit} is over yet for any cohort`}>
          Choose a longer period, or count by shorter units.
        </Empty>
      </Card>
    )
  }
  return (
    <ChartCard
      title="Curve"
      help={help}
      note={<CurvesLegend drawing={drawing} faint="Each cohort" />}
      sheet={sheet}
      piece={piece}
    >
      <Curves height={260} label={labelOf(drawing)} drawing={drawing} />
    </ChartCard>
  )
}

/** The curves in words: where each begins and ends. */
function labelOf({ labels, curves }: CurveDrawing): string {
  const parts = curves
    .filter(({ tone }) => tone !== 'faint')
    .map(({ name, points }) => {
      const known = points.flatMap((point, index) =>
        point ? [`${percent(point.value)} at ${labels[index]?.toLowerCase()}`] : [],
      )
      return `${name}: ${[known[0], known.length > 1 ? known.at(-1) : undefined].filter(Boolean).join(', ')}`
    })
  return `Share of visitors who are back. ${parts.join('. ')}`
}
