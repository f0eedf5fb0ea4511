// Figures in a row: each with its name, its value and a remark; where one is chosen, the page shows more of it.
import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './FigureStrip.module.css'
import { StripCard } from './StripCard'

export type StripFigure<K extends string = string> = {
  key: K
  name: string
  value: ReactNode
  note?: ReactNode
  help: string
}

/** More than this many would be cut off in one row. */
const MOST_IN_A_ROW = 7

type Props<K extends string> = {
  label: string
  figures: StripFigure<K>[]
  chosen?: K
  onChoose?: (key: K) => void
  children?: ReactNode
  /** What it is called as a piece of a board. */
  piece?: string | undefined
}

export function FigureStrip<K extends string>({ label, figures, chosen, onChoose, children, piece }: Props<K>) {
  return (
    <StripCard title={label} piece={piece}>
      <div className={classes.strip} data-rows={figures.length > MOST_IN_A_ROW || undefined}>
        {figures.map((figure) => (
          <Tooltip
            key={figure.key}
            label={figure.help}
            position="bottom-start"
            events={{ hover: true, focus: true, touch: true }}
          >
            {onChoose ? (
              <button
                type="button"
                className={classes.figure}
                aria-pressed={figure.key === chosen}
                onClick={() => onChoose(figure.key)}
              >
                <Body figure={figure} />
              </button>
            ) : (
              <div className={classes.figure}>
                <Body figure={figure} />
              </div>
            )}
          </Tooltip>
        ))}
      </div>
      {children}
    </StripCard>
  )
}

function Body({ figure }: { figure: StripFigure }) {
  return (
    <>
      <span className={classes.name}>{figure.name}</span>
      <span className={classes.value}>{figure.value}</span>
      <span className={classes.note}>{figure.note ?? '\u00a0'}</span>
    </>
  )
}
