// Visitors by a value of their first visit: each group's shares, and how they differ from those of all others; pure.
import { type Curve, TONES } from '../../charts/curves'
import { BREAKDOWN_LABELS, BREAKDOWNS, type Breakdown } from '../../lib/breakdowns'
import { valueLabel } from '../../lib/breakdownValues'
import { signedPoints } from '../../lib/format'
import { type Difference, differenceOf, isClear, type Proportion } from '../../lib/proportions'
import type { ChartTable } from '../../ui/TableActions'
import type { Average, RetentionGroup, VisitorRetention } from './api'
import { shareText } from './comparison'
import { averagesOf, headlinesOf, offsetName, UNIT_HEADERS } from './figures'
import type { RetentionSearch, Unit } from './model'

/** What the groups of an answer have in common, which may be an older one than the address asks for. */
export function breakdownIn({ by }: Pick<VisitorRetention, 'by'>): Breakdown | undefined {
  return BREAKDOWNS.find((name) => name === by)
}

/** "By country", "By UTM campaign" */
export function byLabel(by: Breakdown): string {
  const label = BREAKDOWN_LABELS[by]
  return `By ${label.startsWith('UTM') ? label : label.toLowerCase()}`
}

export function groupLabel(by: Breakdown, { value, is_other: isOther }: Pick<RetentionGroup, 'value' | 'is_other'>) {
  return isOther ? 'All others' : valueLabel(by, value)
}

export function groupKey({ value, is_other: isOther }: RetentionGroup): string {
  return isOther ? 'others' : JSON.stringify(value ?? null)
}

/** The value that the address names a group by; nothing of all others, which share none. */
export function valueOf({ value, is_other: isOther }: RetentionGroup): string | undefined {
  return isOther ? undefined : (value ?? '')
}

/** How many returned so long after their first, of those for whom that time is over. */
export function proportionAt(averages: readonly Average[], offset: number): Proportion {
  const average = averages.find((it) => it.offset === offset)
  return average ? { count: average.returned, total: average.visitors } : { count: 0, total: 0 }
}

/** The offsets that the table has a column for. */
export function shownOffsets(answer: VisitorRetention, unit: Unit): number[] {
  return headlinesOf(answer, unit).map(({ offset }) => offset)
}

/** The offset at which groups are compared: the one chosen, else the first that is shown. */
export function comparedOffset(offsets: readonly number[], { at }: Pick<RetentionSearch, 'at'>): number | undefined {
  return offsets.find((offset) => offset === at) ?? offsets[0]
}

export type GroupRow = {
  group: RetentionGroup
  label: string
  /** At each offset that is shown. */
  shares: Proportion[]
  /** Of its share less that of all other visitors, who have nobody in common with it; null where either is nobody's. */
  difference: Difference | null
}

export function groupRows(
  answer: VisitorRetention,
  by: Breakdown,
  offsets: readonly number[],
  compared: number | undefined,
): GroupRow[] {
  return answer.groups.map((group) => ({
    group,
    label: groupLabel(by, group),
    shares: offsets.map((offset) => proportionAt(group.average, offset)),
    difference: compared === undefined ? null : differenceFromOthers(answer, group, compared),
  }))
}

function differenceFromOthers(answer: VisitorRetention, group: RetentionGroup, offset: number): Difference | null {
  const [own, all] = [proportionAt(group.average, offset), proportionAt(answer.average, offset)]
  return differenceOf(own, { count: all.count - own.count, total: all.total - own.total })
}

/** Whether the group comes back more often than all others, less often, or nobody can say. */
export function verdictOnGroup(difference: Difference | null): string {
  if (difference === null) return 'Nothing to compare'
  if (!isClear(difference)) return 'No clear difference'
  return difference.difference > 0 ? 'Higher than others' : 'Lower than others'
}

/** The largest groups, as many as have a colour of their own, and all visitors. */
export function groupCurves(answer: VisitorRetention, by: Breakdown): { offsets: number[]; curves: Curve[] } {
  const all = averagesOf(answer)
  const offsets = all.map(({ offset }) => offset)
  const bySize = answer.groups.toSorted((a, b) => b.visitors - a.visitors)
  const curves = TONES.flatMap((tone, index): Curve[] => {
    const group = bySize[index]
    return group ? [{ name: groupLabel(by, group), tone, points: pointsOf(group.average, offsets) }] : []
  })
  return { offsets, curves: [...curves, { name: 'All visitors', tone: 'all', points: pointsOf(all, offsets) }] }
}

function pointsOf(averages: readonly Average[], offsets: readonly number[]): Curve['points'] {
  return offsets.map((offset) => {
    const { count, total } = proportionAt(averages, offset)
    return total === 0 ? null : { value: count / total }
  })
}

/** The table of groups, for a file. */
export function groupSheet(
  rows: readonly GroupRow[],
  by: Breakdown,
  offsets: readonly number[],
  compared: number | undefined,
  unit: Unit,
): ChartTable {
  return {
    name: 'visitor-retention-groups',
    header: [
      BREAKDOWN_LABELS[by],
      'Visitors',
      ...offsets.flatMap((offset) => [offsetName(offset, unit), `Visitors: ${offsetName(offset, unit)}`]),
      compared === undefined ? 'Difference' : `Difference: ${offsetName(compared, unit)}`,
      'From',
      'To',
    ],
    rows: rows.map(({ label, group, shares, difference }) => [
      label,
      group.visitors,
      ...shares.flatMap((share) => [shareText(share), share.total]),
      ...(difference === null
        ? [null, null, null]
        : [difference.difference, difference.low, difference.high].map((value) => signedPoints(value))),
    ]),
  }
}

/** The curves of groups as a table. */
export function groupCurveSheet({ offsets, curves }: ReturnType<typeof groupCurves>, unit: Unit): ChartTable {
  return {
    name: 'visitor-retention-group-curves',
    header: [UNIT_HEADERS[unit], ...curves.map(({ name }) => name)],
    rows: offsets.map((offset, index) => [
      offsetName(offset, unit),
      ...curves.map(({ points }) => shareText({ count: points[index]?.value ?? 0, total: points[index] ? 1 : 0 })),
    ]),
  }
}
