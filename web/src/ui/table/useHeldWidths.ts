// Keeps the columns of a long table as wide as they are: otherwise every line that comes into sight would move them.
import { type RefObject, useLayoutEffect, useRef } from 'react'

type Column = { key: string; width?: string }

export function useHeldWidths(table: RefObject<HTMLTableElement | null>, columns: readonly Column[]): void {
  const own = useRef(columns)
  own.current = columns
  // Other columns have other widths.
  const keys = columns.map(({ key }) => key).join(' ')

  useLayoutEffect(() => {
    const place = table.current?.parentElement
    const cells = [...(table.current?.tHead?.rows[0]?.cells ?? [])]
    if (!place) return
    const set = (widths: (string | undefined)[]) =>
      cells.forEach((cell, index) => {
        cell.style.width = widths[index] ?? ''
      })
    const release = () => set(own.current.map(({ width }) => width))
    let heldAt: number | undefined
    const hold = () => {
      if (heldAt === place.clientWidth) return
      heldAt = place.clientWidth
      release()
      set(cells.map((cell) => `${cell.getBoundingClientRect().width}px`))
    }
    hold()
    const observer = new ResizeObserver(hold)
    observer.observe(place)
    return () => {
      observer.disconnect()
      release()
    }
  }, [table, keys])
}
