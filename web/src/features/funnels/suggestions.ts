// Suggestions for the values of steps: the most viewed pages, the names of the latest events, and the elements with friction.
import { useQuery } from '@tanstack/react-query'
import { stagesQuery } from '../../api/goals'
import { suggestedPagesQuery } from '../../api/suggestedPages'
import type { AnalysisSearch } from '../../lib/analysis'
import { shortNumber } from '../../lib/format'
import { eventLabel } from '../../lib/words'
import type { Option } from '../../ui/SuggestedText'
import { elementsQuery, eventsQuery } from './api'
import type { Kind } from './steps'

/** Page steps say these better. */
const PAGE_VIEWS: readonly string[] = ['pageview', 'page_view', 'page.viewed']

/** Suggestions are a help: without an answer there are none. */
export function usePageOptions(projectId: string, search: AnalysisSearch): Option[] {
  const { data } = useQuery(suggestedPagesQuery(projectId, search))
  return data?.pages.map(({ path, views }) => ({ value: path, note: `${shortNumber(views)} views` })) ?? []
}

export function useValueOptions(projectId: string, search: AnalysisSearch, kind: Kind): Option[] {
  const elements = useQuery({ ...elementsQuery(projectId, search), enabled: kind === 'click' })
  const stages = useQuery({ ...stagesQuery(projectId), enabled: kind === 'stage' })
  const events = useQuery({ ...eventsQuery(projectId, search), enabled: kind === 'event' })
  if (kind === 'stage') return stages.data?.map((value) => ({ value })) ?? []
  if (kind === 'click') {
    const items = elements.data?.items ?? []
    return items.flatMap(({ element_selector: value, element_text: text }) =>
      value ? [{ value, note: text?.trim() || undefined }] : [],
    )
  }
  const names = new Set(events.data?.events.map(({ name }) => name))
  return [...names]
    .filter((name) => !PAGE_VIEWS.includes(name))
    .sort()
    .map((value) => ({ value, note: eventLabel(value) === value ? undefined : eventLabel(value) }))
}
