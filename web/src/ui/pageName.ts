// The name of what a page shows, such as a board's, where it stands in place of the page's own title.
import { useEffect, useSyncExternalStore } from 'react'

let shown: string | null = null
const listeners = new Set<() => void>()

function show(name: string | null): void {
  shown = name
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Of the page that is open; null when it has none. */
export const usePageName = () => useSyncExternalStore(subscribe, () => shown)

/** Says what the page shows for as long as the caller is there. */
export function useAsPageName(name: string): void {
  useEffect(() => {
    show(name)
    return () => show(null)
  }, [name])
}
