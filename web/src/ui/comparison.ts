// What the figures of a page are compared with, or why they are not; the frame knows, the figures are many.
import { createContext, useContext } from 'react'

export type Comparison = {
  /** Why there is none; null where there is one. */
  missing: string | null
  /** Of a segment; null where the period before is compared. */
  segment: string | null
}

const Current = createContext<Comparison>({ missing: null, segment: null })

export const ComparisonProvider = Current.Provider

export function useComparison(): Comparison {
  return useContext(Current)
}

/** The reason, or null where there is something to compare with. */
export function useMissingComparison(): string | null {
  return useContext(Current).missing
}

/** The segment's name, or null where the period before is compared. */
export function useComparedSegment(): string | null {
  return useContext(Current).segment
}
