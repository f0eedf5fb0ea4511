// What a long table looks at to know which of its lines are in sight: what scrolls, where it begins, and the line with the focus.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import type { Line } from './lines'

type TableRef = RefObject<HTMLTableElement | null>

/** What scrolls the table up and down; its own frame only scrolls sideways. */
export function scrollerOf(table: HTMLTableElement): HTMLElement {
  for (let place = table.parentElement?.parentElement; place && place !== document.body; place = place.parentElement) {
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(place).overflowY)
    if (scrolls && place.scrollHeight > place.clientHeight) return place
  }
  return document.documentElement
}

/** Of the drawn lines, on average, in pixels. */
export function lineHeightOf(table: HTMLTableElement): number {
  const lines = [...table.querySelectorAll('tr[data-index]')]
  const sum = lines.reduce((height, line) => height + line.getBoundingClientRect().height, 0)
  return sum / Math.max(1, lines.length)
}

/** Not rounded: what is off by a part of a pixel a line adds up. */
export function heightOf(line: HTMLElement, entry: ResizeObserverEntry | undefined): number {
  return entry?.borderBoxSize[0]?.blockSize ?? line.getBoundingClientRect().height
}

/** Where the lines begin in what scrolls, in pixels. */
export function useOffset(table: TableRef, scroller: HTMLElement): number {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const body = table.current?.tBodies[0]
    if (!body) return
    const isPage = scroller === document.documentElement
    const measure = () => {
      const top = scroller.getBoundingClientRect().top + (isPage ? 0 : scroller.clientTop - scroller.scrollTop)
      setOffset(body.getBoundingClientRect().top - top)
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const part of scroller.children) observer.observe(part)
    return () => observer.disconnect()
  }, [table, scroller])
  return offset
}

/** The line that has the focus or had it last, negative when there is none; and a way to have another one drawn at once. */
export function useFocusedLine(table: TableRef, lines: readonly Line<unknown>[]) {
  const [key, setKey] = useState<string>()
  useEffect(() => {
    const element = table.current
    const onFocus = ({ target }: FocusEvent) => {
      const line = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]') : null
      if (line) setKey(lines[Number(line.dataset.index)]?.key)
    }
    element?.addEventListener('focusin', onFocus)
    return () => element?.removeEventListener('focusin', onFocus)
  }, [table, lines])
  const keep = useCallback((index: number) => flushSync(() => setKey(lines[index]?.key)), [lines])
  return [key === undefined ? -1 : lines.findIndex((line) => line.key === key), keep] as const
}

/** Whether rows are cards, as in DataTable.module.css. */
export function useIsSmall(): boolean {
  return useSyncExternalStore(SMALL.subscribe, SMALL.read)
}

const small = () => matchMedia('(max-width: 640px)')
const SMALL = {
  read: () => small().matches,
  subscribe: (onChange: () => void) => {
    const query = small()
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  },
}

/** Paper shows all lines. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting
}
