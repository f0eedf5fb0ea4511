// Following a project's time zone that somebody else changes.
import { expect, test } from 'vitest'
import { projectKey } from './keys'
import { createQueryClient } from './queryClient'
import { meQuery } from './session'

const me = (time_zone: string) =>
  ({ projects: [{ id: 'p1', time_zone }] }) as unknown as Awaited<
    ReturnType<NonNullable<Exclude<typeof meQuery.queryFn, symbol>>>
  >

function clientAt(zone: string) {
  const client = createQueryClient(() => undefined)
  client.setQueryData(meQuery.queryKey, me(zone))
  const answered = (data: unknown, projectId = 'p1') =>
    client.fetchQuery({ queryKey: projectKey(projectId, 'figures'), queryFn: () => data, staleTime: 0 })
  const isAsked = () => client.getQueryState(meQuery.queryKey)?.isInvalidated
  return { client, answered, isAsked }
}

test('an answer of another zone has the member asked for again, once', async () => {
  const { client, answered, isAsked } = clientAt('UTC')
  await answered({ period: { time_zone: 'UTC' } })
  expect(isAsked()).toBe(false)
  await answered({ period: { time_zone: 'Africa/Dar_es_Salaam' } })
  expect(isAsked()).toBe(true)
  // The member's answer still says UTC: it is not asked for in a circle.
  client.setQueryData(meQuery.queryKey, me('UTC'))
  await answered({ period: { time_zone: 'Africa/Dar_es_Salaam' } })
  expect(isAsked()).toBe(false)
})

test('the zone may be changed back', async () => {
  const { client, answered, isAsked } = clientAt('UTC')
  await answered({ time_zone: 'Africa/Dar_es_Salaam' })
  client.setQueryData(meQuery.queryKey, me('Africa/Dar_es_Salaam'))
  await answered({ pages: [{ period: { time_zone: 'UTC' } }] })
  expect(isAsked()).toBe(true)
})

test('what names no zone, or is about another project, changes nothing', async () => {
  const { answered, isAsked } = clientAt('UTC')
  for (const answer of [null, 'text', {}, { period: null }, { period: { time_zone: 7 } }]) await answered(answer)
  await answered({ period: { time_zone: 'Europe/Berlin' } }, 'p9')
  expect(isAsked()).toBe(false)
})
