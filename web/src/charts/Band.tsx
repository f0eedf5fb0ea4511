// The shares of good, middling and poor measurements as one band.
import { percent } from '../lib/format'
import classes from './Chart.module.css'

export function Band({ good, poor, samples }: { good: number; poor: number; samples: number }) {
  if (samples === 0) return <div className={classes.band} />
  const middling = Math.max(0, samples - good - poor)
  const label = `${percent(good / samples)} good, ${percent(middling / samples)} to improve, ${percent(poor / samples)} poor`
  return (
    <div className={classes.band} role="img" aria-label={label} title={label}>
      {good > 0 && <i data-tone="good" style={{ flexGrow: good }} />}
      {middling > 0 && <i data-tone="warn" style={{ flexGrow: middling }} />}
      {poor > 0 && <i data-tone="bad" style={{ flexGrow: poor }} />}
    </div>
  )
}
