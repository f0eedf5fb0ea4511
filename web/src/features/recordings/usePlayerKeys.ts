// The keyboard of the player: space, arrows, shift with arrows, n, f, plus and minus.
import { useEffect, useRef } from 'react'

const STEP_MS = 5_000

type Actions = {
  toggle: () => void
  step: (ms: number) => void
  jump: (direction: 1 | -1) => void
  /** To the next visit with the same friction; undefined where there is none to follow. */
  nextVisit: (() => void) | undefined
  fullScreen: () => void
  faster: () => void
  slower: () => void
}

/** Keys belong first to what has the focus: texts, choices, and buttons. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target instanceof HTMLElement ? event.target : null
  if (!target) return false
  if (target.closest('textarea, select, [contenteditable], [role=dialog], [role=listbox], [role=menu]')) return true
  if (target.matches('input:not([type=radio], [type=checkbox])')) return true
  if (target.matches('input')) return event.key === ' ' || event.key.startsWith('Arrow')
  return event.key === ' ' && target.closest('button, a, [role=button]') !== null
}

export function usePlayerKeys(actions: Actions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (isTaken(event)) return
      const { toggle, step, jump, nextVisit, fullScreen, faster, slower } = latest.current
      const action = {
        ' ': toggle,
        ArrowRight: () => (event.shiftKey ? jump(1) : step(STEP_MS)),
        ArrowLeft: () => (event.shiftKey ? jump(-1) : step(-STEP_MS)),
        n: nextVisit,
        f: fullScreen,
        '+': faster,
        '=': faster,
        '-': slower,
      }[event.key]
      if (!action) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
