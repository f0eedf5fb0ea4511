// Errors: what an address means, what the server is asked, and how an error is named.
import { expect, test } from 'vitest'
import {
  errorName,
  errorsParams,
  frameName,
  gapText,
  isInTab,
  isNarrowed,
  listSearch,
  messageParts,
  parseErrorsSearch,
  parseGroupSearch,
  undoOf,
  withUpdate,
} from './model'

const NOW = Date.parse('2026-11-21T09:30:15.250Z')

test('unknown parameters, defaults, and filters that narrow no error are dropped', () => {
  expect(
    parseErrorsSearch({
      tab: 'unresolved',
      sort: 'count',
      assigned: ' ',
      search: '',
      selector: '#pay',
      error_group: 'v1:ab',
      friction_kind: 'rage_click',
      nonsense: 1,
    }),
  ).toEqual({})
  expect(parseErrorsSearch({ tab: 'open', sort: 'score' })).toEqual({})
  expect(parseErrorsSearch({ search: 'x'.repeat(300) }).search).toHaveLength(200)
})

test('what an address says is kept', () => {
  const search = { period: '30d', country: 'TZ', tab: 'regressed', sort: 'people', assigned: 'me', search: 404 }
  expect(parseErrorsSearch(search)).toEqual({ ...search, search: '404' })
  const group = { ...search, search: '404', by: 'releases', who: 'people' }
  expect(parseGroupSearch(group)).toEqual(group)
  expect(parseGroupSearch({ by: 'browsers', who: 'sessions' })).toEqual({})
  expect(listSearch(parseGroupSearch(group))).toEqual(parseErrorsSearch(search))
})

test('the server is asked with the period, the filters, the status and the order', () => {
  expect(errorsParams({ period: 'today', device: 'mobile', search: 'fare', assigned: 'me' }, 'm1', NOW)).toEqual({
    from: '2026-11-21T00:00:00Z',
    to: '2026-11-21T09:31:15Z',
    device: 'mobile',
    search: 'fare',
    assigned_to: 'm1',
    status: 'unresolved',
    sort: 'count',
  })
  expect(errorsParams({ tab: 'all', assigned: 'nobody', sort: 'first_seen' }, 'm1', NOW)).toMatchObject({
    assigned_to: 'nobody',
    sort: 'first_seen',
  })
  expect(errorsParams({ tab: 'all' }, 'm1', NOW)).not.toHaveProperty('status')
})

test('unresolved are open and regressed errors', () => {
  const statuses = ['open', 'regressed', 'resolved', 'ignored'] as const
  const of = (tab: Parameters<typeof isInTab>[1]) => statuses.filter((status) => isInTab(status, tab))
  expect([of('unresolved'), of('regressed'), of('resolved'), of('ignored'), of('all')]).toEqual([
    ['open', 'regressed'],
    ['regressed'],
    ['resolved'],
    ['ignored'],
    [...statuses],
  ])
})

test('a list is narrowed by filters, not by its period and tab', () => {
  expect([{}, { period: '30d', bots: true, tab: 'ignored' } as const].map(isNarrowed)).toEqual([false, false])
  expect([{ search: 'x' }, { assigned: 'me' }, { path: '/a' }].map(isNarrowed)).toEqual([true, true, true])
})

test('a change under way is laid over a row', () => {
  const row = { status: 'open' as const, assigned_to: 'm1', count: 3 }
  expect(withUpdate(row, { status: 'resolved' })).toEqual({ ...row, status: 'resolved' })
  expect(withUpdate(row, { assigned_to: null })).toEqual({ ...row, assigned_to: null })
  expect(withUpdate(row, {})).toEqual(row)
})

test('a decision is undone to the one before, where that is known', () => {
  expect(undoOf({ status: 'open' })).toEqual({ status: 'open' })
  expect(undoOf({ status: 'regressed' })).toBeNull()
  const at = '2026-11-20T00:00:00Z'
  expect(undoOf({ status: 'regressed', resolved_at: at, in_next_release: true })).toEqual({
    status: 'resolved',
    resolved_at: at,
    in_next_release: true,
  })
})

test('an error is named by its message, with its type apart', () => {
  expect(errorName({ message: ' ', kind: 'unhandled_rejection' })).toBe('Unhandled rejection without a message')
  expect(messageParts({ message: 'Uncaught TypeError: x is not a function', kind: 'javascript_error' })).toEqual({
    type: 'TypeError',
    text: 'x is not a function',
  })
  expect(messageParts({ message: 'Script error.', kind: 'javascript_error' })).toEqual({
    type: null,
    text: 'Script error.',
  })
  expect(messageParts({ message: 'time 12:30: late', kind: 'javascript_error' })).toEqual({
    type: null,
    text: 'time 12:30: late',
  })
})

test('frames are named by function and file', () => {
  expect([
    frameName({ function: 'pay', file: 'app.js' }),
    frameName({ function: '', file: 'app.js' }),
    frameName({}),
  ]).toEqual(['pay in app.js', 'app.js', ''])
})

test('a gap is in minutes, hours or days', () => {
  const after = (minutes: number) =>
    gapText('2026-11-20T00:00:00Z', new Date(Date.parse('2026-11-20T00:00:00Z') + minutes * 60_000).toISOString())
  expect([-5, 20, 150, 47 * 60, 72 * 60].map(after)).toEqual(['0 min', '20 min', '3 h', '47 h', '3 days'])
})
