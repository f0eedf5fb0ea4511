// The keys of cached answers: everything about a project starts with it, and live questions are marked as such.
import type { AnalysisSearch } from '../lib/analysis'

/** Answers that change when events arrive; the live feed has them asked again. */
export function questionKey(projectId: string, question: string, search: AnalysisSearch, extra: unknown = null) {
  const { vs: _vs, ...asked } = search
  return ['project', projectId, 'question', question, asked, extra] as const
}

export function projectKey(projectId: string, name: string) {
  return ['project', projectId, name] as const
}

export function everythingOf(projectId: string) {
  return ['project', projectId] as const
}

export function questionsOf(projectId: string) {
  return ['project', projectId, 'question'] as const
}

/** Whether the live feed has it asked again, and nothing else needs to. */
export function isLive(queryKey: readonly unknown[]): boolean {
  return queryKey[0] === 'project' && queryKey[2] === 'question'
}

/** Keeps the old answer on screen while a new one arrives, but never across projects. */
export function keepPreviousWithinProject<T>(projectId: string) {
  return (previous: T | undefined, query: { queryKey: readonly unknown[] } | undefined): T | undefined =>
    query?.queryKey[1] === projectId ? previous : undefined
}
