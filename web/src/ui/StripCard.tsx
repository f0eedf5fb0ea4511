// A card without a head, of figures side by side; on a board it has the head of every tile.
import type { ReactNode } from 'react'
import { Card } from './Card'
import { CardEnd } from './CardEnd'
import classes from './StripCard.module.css'
import { useTile } from './tile'

type Props = { title: string; children: ReactNode; piece?: string | undefined }

export function StripCard({ title, children, piece }: Props) {
  if (useTile())
    return (
      <Card title={title} flush>
        <div className={classes.inTile}>{children}</div>
      </Card>
    )
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.corner}>
        <CardEnd piece={piece} title={title} />
      </div>
      {children}
    </section>
  )
}
