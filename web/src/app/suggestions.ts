// Suggests the values of filters, as the server counts them under the other filters of the page.
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { filterValuesQuery } from '../api/filterValues'
import type { AnalysisSearch } from '../lib/analysis'
import { knownValues } from '../lib/filters'
import type { UseSuggestions } from '../ui/filters/suggestions'

const TYPING_MS = 200

/** The hook for one page. Of dimensions with few values all are asked for at once. */
export function suggestionsOf(projectId: string, search: AnalysisSearch): UseSuggestions {
  return function useSuggestions(dimension, text, isWanted) {
    const [typed] = useDebouncedValue(text.trim(), TYPING_MS)
    const wanted = knownValues(dimension) ? '' : typed
    const answer = useQuery({ ...filterValuesQuery(projectId, search, dimension, wanted), enabled: isWanted })
    // Of another dimension the previous answer says nothing.
    const data = answer.data?.dimension === dimension ? answer.data : undefined
    return {
      values: data?.values ?? [],
      isLoading: isWanted && data === undefined && !answer.isError,
      hasFailed: answer.isError,
    }
  }
}
