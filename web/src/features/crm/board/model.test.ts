// The board: the statuses beside one, where a moved contact stands, and the figures of its columns.
import { expect, test } from 'vitest'
import type { Contact, PipelineStage } from '../../../api/types'
import type { Pages } from './model'
import { movedStages, statusBeside, withContact, without } from './model'

const contact = (id: string, minute: number, deal: number | null = null) =>
  ({
    id,
    lead_status: 'New',
    last_activity: new Date(minute * 60_000).toISOString(),
    created_at: new Date(0).toISOString(),
    estimated_deal_value:
      deal === null ? null : { amount: deal.toFixed(2), minor: deal * 100, currency: 'TZS', text: '' },
  }) as Contact

const data = (...pages: Contact[][]): Pages<{ contacts: Contact[] }> => ({
  pages: pages.map((contacts) => ({ contacts })),
  pageParams: [],
})
const ids = (of: Pages<{ contacts: Contact[] }> | undefined) =>
  of?.pages.map((page) => page.contacts.map(({ id }) => id))

test('a status has neighbours, but for the first and the last', () => {
  const statuses = ['New', 'Hot', 'Customer']
  expect(statusBeside(statuses, 'Hot', 1)).toBe('Customer')
  expect(statusBeside(statuses, 'Hot', -1)).toBe('New')
  expect(statusBeside(statuses, 'New', -1)).toBeUndefined()
  expect(statusBeside(statuses, 'Customer', 1)).toBeUndefined()
  expect(statusBeside(statuses, 'Lost', 1)).toBeUndefined()
})

test('a moved contact stands where its latest activity puts it, once', () => {
  const column = data([contact('a', 50), contact('b', 40)], [contact('c', 30)])
  expect(ids(withContact(column, contact('x', 45)))).toEqual([['a', 'x', 'b'], ['c']])
  expect(ids(withContact(column, contact('x', 35)))).toEqual([
    ['a', 'b'],
    ['x', 'c'],
  ])
  expect(ids(withContact(column, contact('x', 10)))).toEqual([
    ['a', 'b'],
    ['c', 'x'],
  ])
  expect(ids(withContact(column, contact('a', 10)))).toEqual([['b'], ['c', 'a']])
  expect(ids(withContact(data([]), contact('x', 1)))).toEqual([['x']])
  expect(ids(without(column, 'b'))).toEqual([['a'], ['c']])
  expect(withContact(undefined, contact('x', 1))).toBeUndefined()
})

test('the counts and deal values of both columns follow', () => {
  const stages: PipelineStage[] = [
    { lead_status: 'New', contacts: 2, deal_value: [{ amount: '30.00', minor: 3_000, currency: 'TZS', text: '' }] },
    { lead_status: 'Hot', contacts: 0, deal_value: [] },
  ]
  const moved = movedStages(stages, contact('a', 1, 30), 'Hot')
  expect(moved.map(({ contacts, deal_value }) => [contacts, deal_value.map(({ amount }) => amount)])).toEqual([
    [1, []],
    [1, ['30.00']],
  ])
  const back = movedStages(moved, { ...contact('a', 1, 30), lead_status: 'Hot' }, 'New')
  expect(back.map(({ contacts, deal_value }) => [contacts, deal_value.map(({ minor }) => minor)])).toEqual([
    [2, [3_000]],
    [0, []],
  ])
  expect(movedStages(stages, contact('a', 1), 'Lost').at(-1)).toMatchObject({
    lead_status: 'Lost',
    contacts: 1,
    deal_value: [],
  })
  expect(movedStages(stages, contact('a', 1), 'New')).toBe(stages)
})
