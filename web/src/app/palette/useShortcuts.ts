// Listens for shortcuts on the whole page, before anything else does: the second key of two belongs to nobody else.
import { useEffect, useRef } from 'react'
import { isTyping } from '../../lib/typing'
import { meaningOf, type Shortcut } from './shortcuts'

export function useShortcuts(onShortcut: (shortcut: Shortcut) => void): void {
  const latest = useRef(onShortcut)
  latest.current = onShortcut
  useEffect(() => {
    let chordSince: number | null = null
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.repeat || event.isComposing || /^(Shift|Control|Alt|Meta)$/.test(event.key))
        return
      const isInDialog = document.querySelector('[role=dialog][aria-modal=true]') !== null
      const press = {
        key: event.key,
        hasModifier: event.ctrlKey || event.metaKey,
        hasAlt: event.altKey,
        isTyping: isTyping(event) || isInDialog,
      }
      const { shortcut, starts } = meaningOf(press, Date.now(), chordSince)
      chordSince = starts ? Date.now() : null
      if (!shortcut && !starts) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (shortcut) latest.current(shortcut)
    }
    // Captured, for the editor and the player of recordings have keys of their own.
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [])
}
