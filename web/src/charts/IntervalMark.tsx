// An estimate on its interval, on a scale from zero: decoration under a figure that has the same in words.
import classes from './Chart.module.css'

const WIDTH = 72

type Props = { estimate: number; low: number; high: number /** The end of the scale. */; most: number }

export function IntervalMark({ estimate, low, high, most }: Props) {
  const at = (value: number) =>
    most <= 0 ? 0 : Math.round((Math.min(Math.max(value, 0), most) / most) * WIDTH * 10) / 10
  return (
    <svg className={classes.interval} width={WIDTH} height={6} viewBox={`-3 0 ${WIDTH + 6} 6`} aria-hidden>
      <line x1={0} x2={WIDTH} y1={3} y2={3} />
      <line data-part="interval" x1={at(low)} x2={at(high)} y1={3} y2={3} />
      <circle cx={at(estimate)} cy={3} r={2.5} />
    </svg>
  )
}
