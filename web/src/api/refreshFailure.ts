// What a refresh could not ask again, by the names people know the questions by; pure.

export type RefreshFailure = {
  /** "Top pages and web vitals" */
  what: string
  error: Error
}

const NAMES: Record<string, string> = {
  overview: 'key figures',
  'friction/kinds': 'kinds of friction',
  'friction/items': 'elements and errors',
  'friction/pages': 'friction by page',
  'friction/events': 'latest friction',
  pages: 'top pages',
  bots: 'share of bots',
  'web-vitals': 'web vitals',
  'web-vitals/pages': 'web vitals by page',
  latest: 'latest events',
  events: 'events',
  outcomes: 'accounting',
  'failed-events': 'failed events',
  contact: 'contact',
  contacts: 'contacts',
  'contact/timeline': 'timeline',
  'crm/pipeline': 'pipeline',
  'crm/revenue': 'revenue',
  'crm/preferences': 'interests',
  'lead-score': 'lead score',
  tasks: 'tasks',
  customers: 'customers',
}

type Asked = { queryKey: readonly unknown[]; state: { status: string; error: Error | null } }

/** The questions whose last try failed, each name once, with the first reason. */
export function failuresOf(questions: readonly Asked[]): RefreshFailure | null {
  const failed = questions.filter(({ state }) => state.status === 'error')
  const error = failed[0]?.state.error
  if (!error) return null
  const names = [
    ...new Set(failed.map(({ queryKey }) => NAMES[String(queryKey[3])] ?? String(queryKey[3]).replaceAll('/', ' '))),
  ]
  return { what: sentence(listed(names)), error }
}

function listed(names: string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
