// Drags a card by the pointer: it follows the pointer once that has moved a little, and is dropped on the column beneath.
import { type PointerEvent, useEffect, useRef, useState } from 'react'

/** A press that moves less is a click. */
const SLOP_PX = 6

export type Drag<Item> = {
  item: Item
  x: number
  y: number /** The column beneath the pointer. */
  over: string | undefined
}

/** Columns carry their names as `data-column`. Touch scrolls; there, menus and keys move cards. */
export function useDrag<Item>(onDrop: (item: Item, column: string) => void) {
  const [drag, setDrag] = useState<Drag<Item>>()
  const pressed = useRef<{ item: Item; x: number; y: number; isMoving: boolean }>(undefined)
  const drop = useRef(onDrop)
  useEffect(() => {
    drop.current = onDrop
  })

  useEffect(() => {
    const onMove = (event: globalThis.PointerEvent) => {
      const press = pressed.current
      if (!press) return
      if (!press.isMoving && Math.hypot(event.clientX - press.x, event.clientY - press.y) < SLOP_PX) return
      press.isMoving = true
      event.preventDefault()
      setDrag({ item: press.item, x: event.clientX, y: event.clientY, over: columnAt(event.clientX, event.clientY) })
    }
    const end = (event: globalThis.PointerEvent, isDropped: boolean) => {
      const press = pressed.current
      pressed.current = undefined
      setDrag(undefined)
      if (!press?.isMoving) return
      // The click that follows would open the card.
      addEventListener('click', stop, { capture: true, once: true })
      setTimeout(() => removeEventListener('click', stop, { capture: true }))
      const column = columnAt(event.clientX, event.clientY)
      if (isDropped && column !== undefined) drop.current(press.item, column)
    }
    const onUp = (event: globalThis.PointerEvent) => end(event, true)
    const onCancel = (event: globalThis.PointerEvent) => end(event, false)
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !pressed.current?.isMoving) return
      pressed.current = undefined
      setDrag(undefined)
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', onCancel)
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', onCancel)
      removeEventListener('keydown', onKey)
    }
  }, [])

  const press = (item: Item) => (event: PointerEvent) => {
    const isControl = event.target instanceof Element && event.target.closest('a, button') !== null
    if (event.button !== 0 || event.pointerType === 'touch' || isControl) return
    pressed.current = { item, x: event.clientX, y: event.clientY, isMoving: false }
  }
  return { drag, press }
}

function stop(event: Event) {
  event.stopPropagation()
  event.preventDefault()
}

function columnAt(x: number, y: number): string | undefined {
  const column = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-column]')
  return column?.dataset.column
}
