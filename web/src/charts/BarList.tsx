// Bars with names: shares of the longest, each with its figure; a bar may be chosen, and show that it is.
import type { ReactNode } from 'react'
import classes from './Chart.module.css'
import type { Tone } from './palette'

export type Bar = {
  key: string
  name: string
  value: number
  figure: ReactNode
  extra?: ReactNode
  title?: string
  isChosen?: boolean /** Cannot be chosen. */
  isPlain?: boolean
}

export function BarList({
  bars,
  tone = 'accent',
  onChoose,
}: {
  bars: Bar[]
  tone?: Tone
  onChoose?: (key: string) => void
}) {
  const longest = Math.max(...bars.map((bar) => bar.value), 1)
  return (
    <ul className={classes.bars}>
      {bars.map((bar) => {
        const content = (
          <>
            <span className={classes.fill} data-tone={tone} style={{ width: `${(bar.value / longest) * 100}%` }} />
            <span className={classes.barName}>{bar.name}</span>
            <span className={classes.barValue}>{bar.figure}</span>
            {bar.extra !== undefined && <span className={classes.barExtra}>{bar.extra}</span>}
          </>
        )
        return (
          <li key={bar.key}>
            {onChoose && !bar.isPlain ? (
              <button
                type="button"
                className={classes.bar}
                title={bar.title}
                aria-pressed={bar.isChosen}
                onClick={() => onChoose(bar.key)}
              >
                {content}
              </button>
            ) : (
              <div className={classes.bar} title={bar.title}>
                {content}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
