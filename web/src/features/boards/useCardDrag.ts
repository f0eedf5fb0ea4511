// Dragging a card by its handle: it stays in its place, a line shows where it would go, and the page scrolls at its edges.
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { gapAt, indexInGap } from './layout'

/** A press that moves less is a click. */
const SLOP_PX = 4
/** So near to the edge of the window the page scrolls. */
const EDGE_PX = 64
const SCROLL_PX = 14

export type CardDrag = {
  from: number
  /** Before the card of this index, or after the last. */
  gap: number
  x: number
  y: number
}

/** Cards are the children of `list`, in their order. */
export function useCardDrag(list: RefObject<HTMLElement | null>, onDrop: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<CardDrag | null>(null)
  const pressed = useRef<{ from: number; x: number; y: number; isMoving: boolean } | null>(null)
  const latest = useRef<CardDrag | null>(null)
  const drop = useRef(onDrop)
  useEffect(() => {
    drop.current = onDrop
  })

  useEffect(() => {
    let frame = 0
    const pointer = { x: 0, y: 0 }
    const show = (next: CardDrag | null) => {
      latest.current = next
      setDrag(next)
    }
    const follow = () => {
      const press = pressed.current
      if (!press?.isMoving) return
      const boxes = [...(list.current?.children ?? [])].map((card) => card.getBoundingClientRect())
      show({ from: press.from, gap: gapAt(boxes, pointer.x, pointer.y), ...pointer })
    }
    const scroll = () => {
      if (!pressed.current?.isMoving) return
      const step = pointer.y < EDGE_PX ? -SCROLL_PX : pointer.y > innerHeight - EDGE_PX ? SCROLL_PX : 0
      if (step !== 0) {
        scrollBy(0, step)
        follow()
      }
      frame = requestAnimationFrame(scroll)
    }
    const onMove = (event: globalThis.PointerEvent) => {
      const press = pressed.current
      if (!press) return
      Object.assign(pointer, { x: event.clientX, y: event.clientY })
      if (!press.isMoving) {
        if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < SLOP_PX) return
        press.isMoving = true
        frame = requestAnimationFrame(scroll)
      }
      event.preventDefault()
      follow()
    }
    const end = (isDropped: boolean) => {
      const dropped = latest.current
      pressed.current = null
      cancelAnimationFrame(frame)
      show(null)
      if (isDropped && dropped) drop.current(dropped.from, indexInGap(dropped.from, dropped.gap))
    }
    const onUp = () => end(true)
    const onCancel = () => end(false)
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && pressed.current) end(false)
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', onCancel)
    addEventListener('keydown', onKey)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', onCancel)
      removeEventListener('keydown', onKey)
    }
  }, [list])

  const press = (from: number) => (event: PointerEvent) => {
    if (event.button !== 0) return
    pressed.current = { from, x: event.clientX, y: event.clientY, isMoving: false }
  }
  return { drag, press }
}
