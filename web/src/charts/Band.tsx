// The shares of good, middling and poor measurements as one band.
import { percent } from '../lib/format'
import classes from './Chart.module.css'

type Props = {
  good: number
  poor: number
  samples: number /** What the three shares are called. */
  names?: [good: string, middling: string, poor: string]
}

export function Band({ good, poor, samples, names = ['good', 'needs improvement', 'poor'] }: Props) {
  if (samples === 0) return <div className={classes.band} />
  const middling = Math.max(0, samples - good - poor)
  const label = `${percent(good / samples)} ${names[0]}, ${percent(middling / samples)} ${names[1]}, ${percent(poor / samples)} ${names[2]}`
  return (
    <div className={classes.band} role="img" aria-label={label} title={label}>
      {good > 0 && <i data-tone="good" style={{ flexGrow: good }} />}
      {middling > 0 && <i data-tone="warn" style={{ flexGrow: middling }} />}
      {poor > 0 && <i data-tone="bad" style={{ flexGrow: poor }} />}
    </div>
  )
}
