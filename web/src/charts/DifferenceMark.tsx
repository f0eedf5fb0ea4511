// A difference on its interval, on a scale with zero in its middle: decoration beside a figure that has the same in words.
import classes from './Chart.module.css'

const HALF = 60

type Props = {
  difference: number
  low: number
  high: number /** The end of the scale on both sides. */
  most: number
  isClear: boolean
}

export function DifferenceMark({ difference, low, high, most, isClear }: Props) {
  const at = (value: number) =>
    most <= 0 ? HALF : Math.round((HALF + (Math.max(-most, Math.min(most, value)) / most) * HALF) * 10) / 10
  return (
    <svg
      className={classes.difference}
      data-clear={isClear || undefined}
      width={2 * HALF}
      height={14}
      viewBox={`-3 0 ${2 * HALF + 6} 14`}
      aria-hidden
    >
      <line x1={0} x2={2 * HALF} y1={7} y2={7} />
      <line data-part="zero" x1={HALF} x2={HALF} y1={1} y2={13} />
      <line data-part="interval" x1={at(low)} x2={at(high)} y1={7} y2={7} />
      <circle cx={at(difference)} cy={7} r={3} />
    </svg>
  )
}
