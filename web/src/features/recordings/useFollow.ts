// Keeps the row at the playhead in sight, unless the person looks elsewhere in the list.
import { type RefObject, useEffect, useRef } from 'react'

/** After the person has scrolled, the list stays for so long. */
const STAY_MS = 4_000

/** Handlers for the list, by which it learns that the person scrolls. */
export function useFollow(list: RefObject<HTMLElement | null>, current: string | undefined) {
  const movedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const box = list.current
    const row = current === undefined ? null : box?.querySelector<HTMLElement>(':scope > [data-current]')
    if (!box || !row || isBusy(box) || performance.now() - movedAt.current < STAY_MS) return
    const [top, bottom] = [row.offsetTop - box.scrollTop, row.offsetTop + row.offsetHeight - box.scrollTop]
    // Within the list alone: the page stays where it is.
    if (top < 0 || bottom > box.clientHeight * 0.85) box.scrollTop = row.offsetTop - box.clientHeight / 3
  }, [list, current])
  const noteMove = () => {
    movedAt.current = performance.now()
  }
  return { onWheel: noteMove, onTouchMove: noteMove }
}

/** The pointer is over it, or the keyboard walks through it. */
function isBusy(box: HTMLElement): boolean {
  const isUnderPointer = window.matchMedia('(hover: hover)').matches && box.matches(':hover')
  return isUnderPointer || box.querySelector(':focus-visible') !== null
}
