// What is asked for again after the settings of a project were saved.
import { expect, test } from 'vitest'
import { projectKey, questionKey } from '../../api/keys'
import { createQueryClient } from '../../api/queryClient'
import { meQuery } from '../../api/session'
import { settingsSaved } from './api'

test('everything of the project is asked for again, and nothing of another', async () => {
  const client = createQueryClient(() => undefined)
  const ofProject = [
    questionKey('p1', 'overview', {}),
    projectKey('p1', 'usage'),
    projectKey('p1', 'call-health'),
    projectKey('p1', 'retention'),
    projectKey('p1', 'tasks'),
  ]
  const other = projectKey('p2', 'usage')
  for (const queryKey of [...ofProject, other, meQuery.queryKey])
    client.setQueryData(queryKey as readonly unknown[], {})
  await settingsSaved(client, 'p1', {} as Parameters<typeof settingsSaved>[2])
  const isAsked = (queryKey: readonly unknown[]) => client.getQueryState(queryKey)?.isInvalidated
  expect([...ofProject, meQuery.queryKey].map(isAsked)).toEqual([true, true, true, true, true, true])
  expect(isAsked(other)).toBe(false)
})
