// Notices that an answer counts by another time zone than the page: somebody changed the project's zone while it is open.
import type { QueryClient } from '@tanstack/react-query'
import { meQuery } from './session'

/** Called with every answer. Has the member asked for again, whose projects name their zones: once for each zone that an answer names, so that it ends where answers contradict each other. */
export function zoneFollower(client: QueryClient): (queryKey: readonly unknown[], answer: unknown) => void {
  const followed = new Map<string, string>()
  return ([scope, projectId], answer) => {
    const zone = zoneOf(answer)
    if (scope !== 'project' || typeof projectId !== 'string' || zone === undefined) return
    const known = client.getQueryData(meQuery.queryKey)?.projects.find(({ id }) => id === projectId)?.time_zone
    if (known === undefined || known === zone || followed.get(projectId) === zone) return
    followed.set(projectId, zone)
    void client.invalidateQueries({ queryKey: meQuery.queryKey })
  }
}

type Zoned = { time_zone?: unknown; period?: { time_zone?: unknown } | null; pages?: unknown[] }

/** The zone that an answer, or its last page, says it counts by. */
function zoneOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const { time_zone, period, pages } = answer as Zoned
  if (Array.isArray(pages)) return zoneOf(pages.at(-1))
  const zone = period?.time_zone ?? time_zone
  return typeof zone === 'string' ? zone : undefined
}
