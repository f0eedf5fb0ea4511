// Values to choose from, with the sessions that have them: the app asks for them, the filter form shows them.
import { createContext } from 'react'
import type { Dimension } from '../../lib/filters'

export type Suggestions = {
  values: readonly { value: string; sessions: number }[]
  isLoading: boolean
  hasFailed: boolean
}

/** A hook: the values of a dimension that contain a text, under the other filters of the page. */
export type UseSuggestions = (dimension: Dimension, text: string, isWanted: boolean) => Suggestions

const NONE: Suggestions = { values: [], isLoading: false, hasFailed: false }

export const SuggestionsContext = createContext<UseSuggestions>(() => NONE)
