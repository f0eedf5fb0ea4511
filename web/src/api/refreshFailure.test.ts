// What a failed refresh is called.
import { expect, test } from 'vitest'
import { questionKey } from './keys'
import { failuresOf } from './refreshFailure'

const asked = (name: string, error: Error | null) => ({
  queryKey: questionKey('p1', name, {}),
  state: { status: error ? 'error' : 'success', error },
})
const refused = new Error('Check your network.')

test('nothing failed', () => {
  expect(failuresOf([asked('overview', null)])).toBeNull()
  expect(failuresOf([])).toBeNull()
})

test('what failed is named once each, with the first reason', () => {
  expect(failuresOf([asked('overview', refused), asked('pages', null)])).toEqual({
    what: 'Key figures',
    error: refused,
  })
  const several = [
    asked('overview', refused),
    asked('overview', new Error('later')),
    asked('pages', refused),
    asked('web-vitals', refused),
  ]
  expect(failuresOf(several)).toEqual({ what: 'Key figures, top pages and web vitals', error: refused })
})

test('a question without a name of its own is named by its path', () => {
  expect(failuresOf([asked('crm/something', refused)])?.what).toBe('Crm something')
})
