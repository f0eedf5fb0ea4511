// How many columns a board has on this screen.
import { useSyncExternalStore } from 'react'
import type { Columns } from './layout'

const WIDE = '(min-width: 1101px)'
const NARROW = '(max-width: 700px)'

const read = (): Columns => (matchMedia(WIDE).matches ? 4 : matchMedia(NARROW).matches ? 1 : 2)

function subscribe(onChange: () => void): () => void {
  const queries = [matchMedia(WIDE), matchMedia(NARROW)]
  queries.forEach((query) => query.addEventListener('change', onChange))
  return () => queries.forEach((query) => query.removeEventListener('change', onChange))
}

export function useBoardColumns(): Columns {
  return useSyncExternalStore(subscribe, read)
}
