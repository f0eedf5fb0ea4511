// A flat card with a title, one sentence of help and its actions.
import type { ReactNode } from 'react'
import classes from './Card.module.css'
import { Help } from './Help'

type Props = {
  title: string
  help?: string
  /** A short remark beside the title, such as the count. */
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Content that reaches the card's edges, such as a table. */
  flush?: boolean
}

export function Card({ title, help, note, actions, children, flush = false }: Props) {
  return (
    <section className={classes.card} aria-label={title}>
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        {help && <Help text={help} about={title} />}
        {note && <span className={classes.note}>{note}</span>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}
