import { expect, it } from 'vitest'
import { createVisits } from '../../../src/core/visit'
import { createSession } from '../../../src/session'
import { brokenStorage, emptyStorage } from '../../support/memory-storage'

it.each([
  ['storage', emptyStorage],
  ['a storage that is denied', brokenStorage],
])('is the visit of the script, and takes none of its numbers, with %s', (_, open) => {
  const storage = open()
  const [next, visit] = [createSession(storage, 'p.'), createVisits(storage, 'p.', () => true)]
  const { session_id, visitor_id } = visit()
  expect(next()).toEqual({ session_id, visitor_id, seq: 1 })
  expect(visit()).toEqual({ session_id, visitor_id })
  expect(visit()).toEqual({ session_id, visitor_id })
  expect(next()).toEqual({ session_id, visitor_id, seq: 2 })
})

it('names the browser only where that is allowed', () => {
  const storage = emptyStorage()
  expect(createVisits(storage, 'p.', () => false)()).toEqual({ session_id: expect.any(String) })
})
