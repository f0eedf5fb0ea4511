// The answer at the top: new visitors, and how many of them were back after some time.
import { exactNumber, percent } from '../../lib/format'
import { FigureStrip, type StripFigure } from '../../ui/FigureStrip'
import { Num } from '../../ui/Figures'
import type { VisitorRetention } from './api'
import { headlinesOf, intervalText, laterText, visitorsOf } from './figures'
import type { Unit } from './model'

export function Headlines({ answer, unit }: { answer: VisitorRetention; unit: Unit }) {
  const isFirstVisit = answer.first === 'visit'
  const verb = answer.returning === 'visit' ? 'Back' : 'Converted'
  const figures: StripFigure[] = [
    {
      key: 'visitors',
      name: isFirstVisit ? 'New visitors' : 'First-time customers',
      value: <Num value={visitorsOf(answer)} />,
      note: `in ${answer.cohorts.length} ${answer.cohorts.length === 1 ? unit : `${unit}s`}`,
      help: isFirstVisit
        ? 'Visitors whose first visit of all that are stored lies in these cohorts.'
        : 'Visitors whose first order or booking of all that are stored lies in these cohorts.',
    },
    ...headlinesOf(answer, unit).map((average) => ({
      key: String(average.offset),
      name: `${verb} ${laterText(average.offset, unit)}`,
      value: percent(average.share),
      note: intervalText(average),
      help: `Of ${exactNumber(average.visitors)} visitors for whom that time is over, with Wilson’s 95% interval.`,
    })),
  ]
  return <FigureStrip label="Key figures" figures={figures} piece="retention.figures" />
}
