// Two groups of visitors side by side: their shares so many units after the first, and whether chance explains the difference; pure.
import type { Curve } from '../../charts/curves'
import { percent, signedPoints } from '../../lib/format'
import { type Difference, differenceOf, isClear, type Proportion, wilson } from '../../lib/proportions'
import type { ChartTable } from '../../ui/TableActions'
import type { Cohort, VisitorRetention } from './api'
import {
  averagesOf,
  cellOf,
  cohortName,
  keyOf,
  offsetName,
  offsetsOf,
  togetherAt,
  UNIT_HEADERS,
  visitorsOf,
} from './figures'
import type { RetentionSearch, Unit } from './model'

/** One of the two: a cohort, or all cohorts of a segment together. */
export type Group = { name: string; visitors: number; at: (offset: number) => Proportion }

export function cohortGroup(cohort: Cohort, unit: Unit): Group {
  return { name: cohortName(cohort, unit), visitors: cohort.visitors, at: (offset) => togetherAt([cohort], offset) }
}

export function segmentGroup(name: string, answer: VisitorRetention): Group {
  return { name, visitors: visitorsOf(answer), at: (offset) => togetherAt(answer.cohorts, offset) }
}

/** The cohorts that are compared: those chosen, else the latest two of which something is known. */
export function comparedCohorts(
  { cohorts }: Pick<VisitorRetention, 'cohorts'>,
  { a, b }: Pick<RetentionSearch, 'a' | 'b'>,
): [Cohort, Cohort] | null {
  const known = cohorts.filter((cohort) => cellOf(cohort, 1)?.isPartial === false)
  const named = (key: string | undefined) => cohorts.find((cohort) => keyOf(cohort) === key)
  const [first, second] = [named(a), named(b)]
  const older = first ?? known.filter((cohort) => cohort !== second).at(second ? -1 : -2)
  const newer = second ?? known.filter((cohort) => cohort !== older).at(-1)
  return older && newer ? [older, newer] : null
}

export type Row = { offset: number; a: Proportion; b: Proportion; difference: Difference }

/** Offsets that are over for both; others compare nothing. */
export function rowsOf(a: Group, b: Group, offsets: readonly number[]): Row[] {
  return offsets.flatMap((offset) => {
    const [ofA, ofB] = [a.at(offset), b.at(offset)]
    const difference = differenceOf(ofA, ofB)
    return difference === null ? [] : [{ offset, a: ofA, b: ofB, difference }]
  })
}

export function shareText({ count, total }: Proportion): string {
  return total === 0 ? '–' : percent(count / total)
}

/** "−16.1 to +5.4"; an end that would be rounded to 0 says on which side of it it is. */
export function rangeText({ low, high }: Pick<Difference, 'low' | 'high'>): string {
  return `${endText(low)} to ${endText(high)}`
}

function endText(value: number): string {
  const text = signedPoints(value).replace(' points', '')
  if (text !== '0.0' || value === 0) return text
  return value < 0 ? 'just below 0' : 'just above 0'
}

/** Which of the two comes back more often, or that nobody can say. */
export function verdictOf(a: Group, b: Group, { difference }: Row): string {
  if (!isClear(difference)) return 'No clear difference'
  return `Higher: ${difference.difference > 0 ? a.name : b.name}`
}

export function comparisonSheet(a: Group, b: Group, rows: Row[], unit: Unit): ChartTable {
  return {
    name: 'visitor-retention-comparison',
    header: [
      UNIT_HEADERS[unit],
      a.name,
      `Visitors: ${a.name}`,
      b.name,
      `Visitors: ${b.name}`,
      'Difference',
      'From',
      'To',
    ],
    rows: rows.map((row) => [
      offsetName(row.offset, unit),
      shareText(row.a),
      row.a.total,
      shareText(row.b),
      row.b.total,
      ...[row.difference.difference, row.difference.low, row.difference.high].map((value) => signedPoints(value)),
    ]),
  }
}

/** The curve of a group, with the interval of each share. */
function groupCurve({ name, at }: Group, tone: Curve['tone'], offsets: readonly number[]): Curve {
  return {
    name,
    tone,
    points: offsets.map((offset) => {
      const of = at(offset)
      return of.total === 0 ? null : { value: of.count / of.total, ...wilson(of) }
    }),
  }
}

/** All cohorts together with their interval, each cohort faintly; or the two groups that are compared. */
export function curvesOf(
  answer: VisitorRetention,
  groups: readonly [Group, Group] | null,
): { offsets: number[]; curves: Curve[] } {
  const averages = averagesOf(answer)
  if (groups) {
    const offsets = offsetsOf(answer).filter((offset) => groups.some(({ at }) => at(offset).total > 0))
    return { offsets, curves: [groupCurve(groups[0], 'first', offsets), groupCurve(groups[1], 'second', offsets)] }
  }
  const offsets = averages.map(({ offset }) => offset)
  const faint = answer.cohorts.map(
    (cohort): Curve => ({
      name: keyOf(cohort),
      tone: 'faint',
      points: offsets.map((offset) => {
        const cell = cellOf(cohort, offset)
        return cell && !cell.isPartial ? { value: cell.share } : null
      }),
    }),
  )
  const all: Curve = {
    name: 'All cohorts',
    tone: 'first',
    points: averages.map(({ share, low, high }) => ({ value: share, low, high })),
  }
  return { offsets, curves: [...faint.filter(({ points }) => points.some(Boolean)), all] }
}
