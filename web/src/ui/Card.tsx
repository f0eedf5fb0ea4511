// A flat card with a title, one sentence of help and its actions.
import type { ReactNode } from 'react'
import classes from './Card.module.css'
import { CardEnd } from './CardEnd'
import { Help } from './Help'
import { useTile } from './tile'

type Props = {
  title: string
  help?: string
  /** A short remark beside the title, such as the count. */
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Content that reaches the card's edges, such as a table. */
  flush?: boolean
  /** What it is called as a piece of a board. */
  piece?: string | undefined
}

export function Card({ title: own, help, note, actions, children, flush = false, piece }: Props) {
  const tile = useTile()
  const title = tile?.title ?? own
  return (
    <section className={classes.card} aria-label={title} data-tile={tile ? true : undefined}>
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        {help && <Help text={help} about={title} />}
        {note && <span className={classes.note}>{note}</span>}
        <CardEnd piece={piece} title={own} />
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}
