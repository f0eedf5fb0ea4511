// Moving a card by the keyboard: Space lifts and drops it, arrows move it, Escape puts it back; each step is announced.
import { type KeyboardEvent, useState } from 'react'
import type { BoardCard } from './api'
import { type Columns, type Direction, targetOf } from './layout'
import { moved } from './model'

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

type Lifted = { id: string; before: readonly BoardCard[] }

export function useLift(
  cards: readonly BoardCard[],
  columns: Columns,
  onCards: (cards: BoardCard[]) => void,
  nameOf: (card: BoardCard) => string,
) {
  const [lifted, setLifted] = useState<Lifted | null>(null)
  const [announced, announce] = useState('')

  function onKeyDown(event: KeyboardEvent, card: BoardCard) {
    const index = cards.indexOf(card)
    const isLifted = lifted?.id === card.id
    if (event.key === ' ' || (event.key === 'Enter' && isLifted)) {
      event.preventDefault()
      setLifted(isLifted ? null : { id: card.id, before: cards })
      announce(
        isLifted
          ? `${nameOf(card)} dropped at place ${index + 1} of ${cards.length}`
          : `${nameOf(card)} lifted. Move it with the arrow keys, Space drops it, Escape puts it back`,
      )
      return
    }
    if (!isLifted) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setLifted(null)
      onCards([...lifted.before])
      announce(`${nameOf(card)} is back at place ${lifted.before.findIndex(({ id }) => id === card.id) + 1}`)
      return
    }
    const direction = DIRECTIONS[event.key]
    if (direction === undefined) return
    event.preventDefault()
    const target = targetOf(cards, index, direction, columns)
    if (target !== index) onCards(moved(cards, index, target))
    announce(`${nameOf(card)}, place ${target + 1} of ${cards.length}`)
  }

  /** A card that loses the focus is dropped where it is. */
  function onBlur(card: BoardCard) {
    if (lifted?.id === card.id) setLifted(null)
  }
  return { liftedId: lifted?.id, announced, onKeyDown, onBlur }
}
