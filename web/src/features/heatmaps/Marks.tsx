// The boxes of elements on the page: each shows its figures when it is pointed at or has the focus, and keeps them open when it is pressed.
import { type KeyboardEvent, memo, useCallback, useMemo, useRef } from 'react'
import { changeBetween, exactNumber, signedPercent } from '../../lib/format'
import { useMissingComparison } from '../../ui/comparison'
import type { HeatmapElement } from './api'
import { changeFill, fillOf } from './colours'
import { type Drawing, stacked } from './drawing'
import classes from './Heatmaps.module.css'
import { countText, elementTitle, type Layer } from './model'
import type { Box } from './place'

type Props = {
  elements: readonly HeatmapElement[]
  boxes: readonly (Box | null)[]
  drawing: Drawing
  layer: Layer
  scale: number
  scheme: 'light' | 'dark'
  marked: number | undefined
  opened: number | undefined
  onMark: (index: number | undefined) => void
  onOpen: (selector: string | undefined) => void
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export function Marks({ elements, boxes, drawing, layer, scale, scheme, marked, opened, onMark, onOpen }: Props) {
  const group = useRef<HTMLDivElement>(null)
  const comparable = useMissingComparison() === null
  const found = useMemo(() => stacked(boxes), [boxes])
  // One stop for the keyboard; the arrows lead on, the most events first.
  const order = useMemo(() => found.map(({ index }) => index).sort((a, b) => a - b), [found])
  const stop = [marked, opened].find((index) => index !== undefined && boxes[index]) ?? order[0]
  const toggle = useCallback(
    (index: number) => onOpen(index === opened ? undefined : elements[index]?.selector),
    [elements, opened, onOpen],
  )

  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key]
    const at = order.indexOf(Number((event.target as HTMLElement).dataset.index))
    const next =
      event.key === 'Home'
        ? order[0]
        : event.key === 'End'
          ? order.at(-1)
          : step === undefined
            ? undefined
            : order[(at + step + order.length) % order.length]
    if (event.key === 'Escape') onOpen(undefined)
    if (next === undefined) return
    event.preventDefault()
    group.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus()
  }

  return (
    <div ref={group} role="group" aria-label="Elements on the page" onKeyDown={onKeyDown}>
      {found.map(({ index, box }) => {
        const element = elements[index]
        if (!element) return null
        const fill =
          drawing.kind === 'fills'
            ? fillOf(element.events, drawing.max, scheme)
            : drawing.kind === 'change'
              ? changeFill(element.events, element.previous_events, scheme)
              : undefined
        return (
          <Mark
            key={element.selector}
            index={index}
            label={labelOf(element, layer, comparable)}
            x={box.x * scale}
            y={box.y * scale}
            width={box.width * scale}
            height={box.height * scale}
            fill={fill}
            isMarked={index === marked}
            isOpen={index === opened}
            isStop={index === stop}
            onMark={onMark}
            onToggle={toggle}
          />
        )
      })}
    </div>
  )
}

/** "Pay now: 300 clicks in 120 sessions, +42.9%" */
function labelOf(element: HeatmapElement, layer: Layer, comparable: boolean): string {
  const change = changeBetween(element.events, element.previous_events)
  const changed =
    !comparable || change.kind === 'none' ? '' : change.kind === 'new' ? ', new' : `, ${signedPercent(change.share)}`
  return `${elementTitle(element)}: ${countText(layer, element.events)} in ${exactNumber(element.sessions)} ${element.sessions === 1 ? 'session' : 'sessions'}${changed}`
}

type MarkProps = Box & {
  index: number
  label: string
  fill: string | undefined
  isMarked: boolean
  isOpen: boolean
  isStop: boolean
  onMark: Props['onMark']
  onToggle: (index: number) => void
}

const Mark = memo(function Mark({
  index,
  label,
  x,
  y,
  width,
  height,
  fill,
  isMarked,
  isOpen,
  isStop,
  onMark,
  onToggle,
}: MarkProps) {
  return (
    <button
      type="button"
      className={classes.mark}
      style={{ left: x, top: y, width, height, ...(fill === undefined ? {} : { background: fill }) }}
      data-index={index}
      data-marked={isMarked || isOpen || undefined}
      aria-label={label}
      aria-pressed={isOpen}
      tabIndex={isStop ? 0 : -1}
      onPointerEnter={() => onMark(index)}
      onPointerLeave={() => onMark(undefined)}
      onFocus={() => onMark(index)}
      onBlur={() => onMark(undefined)}
      onClick={() => onToggle(index)}
    />
  )
})
