// One key figure: value, change, sparkline; a button that draws it in the chart below.
import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { Sparkline } from '../../charts/Sparkline'
import { percent } from '../../lib/format'
import { money, shortMoney } from '../../lib/locale'
import { useMissingComparison } from '../../ui/comparison'
import { ChangeBadge, type Direction, Num, PointsBadge } from '../../ui/Figures'
import classes from './KeyFigures.module.css'

/** What a figure's value is: a count, a share between 0 and 1, a number with one decimal, or an amount of a currency. */
export type Format = 'number' | 'share' | 'rate' | { currency: string }

export type ShownFigure = {
  name: string
  help: string
  good: Direction
  format: Format
  /** Null for a share of nothing. */
  value: number | null
  previous: number | null
  spark: number[]
}

type Props = { figure: ShownFigure; isChosen: boolean; onChoose: () => void }

export function FigureButton({ figure, isChosen, onChoose }: Props) {
  const missing = useMissingComparison()
  return (
    <Tooltip label={missing === null ? figure.help : `${figure.help} ${missing}`} position="bottom-start">
      <button type="button" className={classes.figure} aria-pressed={isChosen} onClick={onChoose}>
        <span className={classes.name}>{figure.name}</span>
        <FigureBody figure={figure} />
      </button>
    </Tooltip>
  )
}

export function FigureBody({ figure }: { figure: ShownFigure }) {
  return (
    <>
      <span className={classes.line}>
        <span className={classes.value}>{figure.value === null ? '–' : valueOf(figure.value, figure.format)}</span>
        {figure.value !== null && <Change figure={figure} value={figure.value} />}
      </span>
      <Sparkline values={figure.spark} tone={figure.good === 'down' ? 'bad' : 'accent'} />
    </>
  )
}

function valueOf(value: number, format: Format): ReactNode {
  if (format === 'share') return percent(value)
  if (format === 'rate') return value.toFixed(1)
  if (format === 'number') return <Num value={value} />
  return <span title={money(value, format.currency)}>{shortMoney(value, format.currency)}</span>
}

function Change({ figure: { format, previous, good }, value }: { figure: ShownFigure; value: number }) {
  return format === 'share' ? (
    <PointsBadge current={value} previous={previous} good={good} />
  ) : (
    <ChangeBadge current={value} previous={previous ?? 0} good={good} />
  )
}
