// A measurement with its rating, and what it was in the period before where that says something.
import { rateVital, vitalValue } from '../../lib/vitals'
import { valueBefore } from './model'
import classes from './Performance.module.css'

const WORDS = { good: 'good', needs_improvement: 'needs improvement', poor: 'poor' }

type Props = { metric: string; value: number | null; before?: number | null | undefined }

export function Rated({ metric, value, before }: Props) {
  const rating = rateVital(metric, value)
  const changed = valueBefore(metric, value, before)
  return (
    <>
      {changed !== null && (
        <span className={classes.before} title="In the period before">
          {vitalValue(metric, changed)} →{' '}
        </span>
      )}
      <span className={classes.rated} data-rating={rating ?? undefined} title={rating ? WORDS[rating] : undefined}>
        {vitalValue(metric, value)}
      </span>
    </>
  )
}
