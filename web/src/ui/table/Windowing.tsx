// Says which lines of a long table are to be drawn, as the page or the table's own place is scrolled; draws nothing itself.
import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import { heightsOf, rememberHeights } from './heights'
import type { Line } from './lines'
import { heightOf, lineHeightOf, scrollerOf, useFocusedLine, useIsSmall, useOffset, usePrinting } from './sight'
import { useHeldWidths } from './useHeldWidths'
import { type Window, windowOf } from './window'

/** Lines drawn beyond each edge, so that a turn of the wheel shows no blank. */
const OVERSCAN = 10

type Props = {
  table: RefObject<HTMLTableElement | null>
  label: string
  lines: readonly Line<unknown>[]
  columns: readonly { key: string; width?: string }[]
  onWindow: (window: Window) => void
}

type Place = {
  scroller: HTMLElement
  /** Of the lines drawn first, on average, in pixels. */
  lineHeight: number
}

export function Windowing(props: Props) {
  const { table, label, columns } = props
  const isSmall = useIsSmall()
  const [place, setPlace] = useState<Place & { name: string }>()
  useHeldWidths(table, columns)
  // Rows and cards differ in height: nothing that was measured of one holds for the other.
  const name = `${label} ${isSmall ? 'cards' : 'rows'}`
  useLayoutEffect(() => {
    if (table.current) setPlace({ name, scroller: scrollerOf(table.current), lineHeight: lineHeightOf(table.current) })
  }, [table, name])
  if (!place) return null
  const Kind = place.scroller === document.documentElement ? PageWindowing : OwnWindowing
  return <Kind key={place.name} {...props} {...place} />
}

type PlacedProps = Props & Place & { name: string }

/** The page scrolls. */
function PageWindowing(props: PlacedProps) {
  const { options, keep } = useOptions(props)
  useReport(useWindowVirtualizer<HTMLElement>(options), props, keep)
  return null
}

/** The table is in something that scrolls by itself, such as a panel. */
function OwnWindowing(props: PlacedProps) {
  const { options, keep } = useOptions(props)
  const getScrollElement = () => props.scroller
  useReport(useVirtualizer<HTMLElement, HTMLElement>({ ...options, getScrollElement }), props, keep)
  return null
}

function useOptions({ table, name, lines, lineHeight, scroller }: PlacedProps) {
  const [focused, keep] = useFocusedLine(table, lines)
  const isPrinting = usePrinting()
  const [remembered] = useState(() => heightsOf(name))
  const rangeExtractor = useCallback(
    (range: Range) => {
      if (isPrinting) return Array.from({ length: range.count }, (_, index) => index)
      const drawn = defaultRangeExtractor(range)
      return focused < 0 || drawn.includes(focused) ? drawn : [...drawn, focused].sort((a, b) => a - b)
    },
    [focused, isPrinting],
  )
  const options = {
    count: lines.length,
    estimateSize: () => lineHeight,
    getItemKey: useCallback((index: number) => lines[index]?.key ?? index, [lines]),
    rangeExtractor,
    measureElement: heightOf,
    initialMeasurementsCache: remembered,
    overscan: OVERSCAN,
    scrollMargin: useOffset(table, scroller),
  }
  return { options, keep }
}

function useReport<Scroller extends Element | globalThis.Window>(
  virtualizer: Virtualizer<Scroller, HTMLElement>,
  { name, scroller, onWindow }: PlacedProps,
  keep: (index: number) => void,
) {
  const items = virtualizer.getVirtualItems()
  const start = virtualizer.options.scrollMargin
  const end = start + virtualizer.getTotalSize()
  const measure = virtualizer.measureElement
  useLayoutEffect(() => {
    // Before the place has been looked at there are none.
    if (items.length > 0) onWindow({ ...windowOf(items, start, end), measure, keep })
  }, [items, start, end, measure, keep, onWindow])

  useLayoutEffect(() => {
    // The virtualizer corrects the place itself when a line above turns out higher than expected; the browser would do it again.
    scroller.style.setProperty('overflow-anchor', 'none')
    return () => {
      scroller.style.removeProperty('overflow-anchor')
      rememberHeights(name, virtualizer.takeSnapshot())
    }
  }, [scroller, name, virtualizer])
}
