// The end of a card's head, where the frame or a board puts what it does with the card.
import { useContext } from 'react'
import classes from './CardEnd.module.css'
import { CardEndContext, useTile } from './tile'

export function CardEnd({ piece, title }: { piece?: string | undefined; title: string }) {
  const End = useContext(CardEndContext)
  const tile = useTile()
  if (!End || !(piece || tile)) return null
  return (
    <span className={classes.end} data-end>
      <End piece={piece ?? ''} title={title} />
    </span>
  )
}
