// Tells the figures of a page why their changes are left out; the frame knows, the figures are many.
import { createContext, useContext } from 'react'

/** The reason, or null where there is a period before to compare with. */
const Missing = createContext<string | null>(null)

export const ComparisonProvider = Missing.Provider

export function useMissingComparison(): string | null {
  return useContext(Missing)
}
