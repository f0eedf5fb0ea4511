// What the form of a goal sends.
import { expect, test } from 'vitest'
import type { Goal } from '../../api/goals'
import { changeOf, draftOf, withKind } from './model'

const goal: Goal = {
  id: '1',
  version: 3,
  name: 'Call',
  kind: 'click',
  target: '#call',
  value: { amount: '1500.50', minor: 150_050, currency: 'TZS', text: 'TZS 1,500.50' },
  created_at: '2026-11-20T00:00:00Z',
}

test('a stored goal comes back as it was', () => {
  expect(changeOf(draftOf(goal, 'USD'))).toEqual({
    name: 'Call',
    kind: 'click',
    target: '#call',
    value: { amount: 1500.5, currency: 'TZS' },
  })
  expect(changeOf(draftOf({ ...goal, kind: 'order', target: '', value: null }, 'USD'))).toEqual({
    name: 'Call',
    kind: 'order',
    target: '',
  })
})

test('nothing is sent while a name, a target or a currency is missing', () => {
  const draft = draftOf(undefined, 'TZS')
  expect(draft).toMatchObject({ kind: 'page', amount: null, currency: 'TZS' })
  expect(changeOf({ ...draft, name: 'Thanks' })).toBeNull()
  expect(changeOf({ ...draft, target: '/thanks' })).toBeNull()
  expect(changeOf({ ...draft, name: 'Thanks', target: ' /thanks ', amount: 5, currency: ' ' })).toBeNull()
  expect(changeOf({ ...draft, name: 'Thanks', target: ' /thanks ', amount: 5, currency: 'usd' })).toEqual({
    name: 'Thanks',
    kind: 'page',
    target: '/thanks',
    value: { amount: 5, currency: 'USD' },
  })
})

test('another kind needs another target', () => {
  const draft = draftOf(goal, 'USD')
  expect(withKind(draft, 'click')).toBe(draft)
  expect(withKind(draft, 'event')).toMatchObject({ kind: 'event', target: '', name: 'Call' })
})
