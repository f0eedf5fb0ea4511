// What the days in a draft remove that the saved ones do not, counted by the server before they are saved.

import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { isSameJson } from '../../../ui/form/versionedDraft'
import { previewQuery, retentionQuery } from './api'
import { type Days, isValid, NOTHING_SET, type Preview, removalsOf, shortened } from './model'

/** Typing is waited for before the server counts. */
const PAUSE_MS = 400

export type Removals = {
  /** Of the kinds whose days become fewer; undefined until they are counted. */
  kinds: Preview['kinds'] | undefined
  preview: { data: Preview | undefined; error: Error | null; refetch: () => unknown }
  /** Why the draft cannot be saved yet. */
  obstacle: string | undefined
  /** Whether days are changed and can be counted. */
  isCounted: boolean
}

export function useRemovals(projectId: string, saved: Days | undefined, draft: Days | undefined): Removals {
  const status = useQuery(retentionQuery(projectId)).data
  const days = { ...NOTHING_SET, ...draft }
  const before = { ...NOTHING_SET, ...saved }
  const [counted] = useDebouncedValue(JSON.stringify(days), PAUSE_MS)
  const isChanged = !isSameJson(days, before)
  const isAllowed = status !== undefined && isValid(days, status)
  const isCounted = isChanged && isAllowed
  const preview = useQuery({
    ...previewQuery(projectId, JSON.parse(counted) as Days),
    enabled: isCounted && counted === JSON.stringify(days),
  })
  const isCurrent = counted === JSON.stringify(days)
  const data = isCurrent ? preview.data : undefined
  const fewer = isCounted ? shortened(before, days, status) : []
  // More days remove nothing: a removal can be stopped also while counting fails.
  const kinds = fewer.length === 0 ? [] : data ? removalsOf(data, fewer) : undefined
  const obstacle =
    isChanged && status && !isAllowed
      ? 'Correct the days marked in red.'
      : isCounted && kinds === undefined
        ? preview.error && isCurrent
          ? 'What would be removed could not be counted.'
          : 'Counting what would be removed.'
        : undefined
  return {
    kinds,
    preview: { data, error: isCurrent ? preview.error : null, refetch: preview.refetch },
    obstacle,
    isCounted,
  }
}
