// What a link keeps of a page, and the code for other sites.
import { expect, test } from 'vitest'
import { analysisOfLink, embedCode, isExpired, type ShareLink, searchOf, searchText, sharedPageOf } from './model'

test('pages of figures can be shared, others and what is below them cannot', () => {
  expect(sharedPageOf('/p/p1/friction')).toBe('friction')
  expect(sharedPageOf('/p/p1/overview/')).toBe('overview')
  for (const path of ['/p/p1/contacts', '/p/p1/boards/b1', '/p/p1/errors/e1', '/p/p1/friction/x', '/p/p1', '/friction'])
    expect(sharedPageOf(path)).toBeUndefined()
})

test('a link keeps the period, the filters and the view of a page, whatever signs they have', () => {
  const search = {
    period: '30d',
    device: 'mobile',
    filters: 'browser!=Chrome,Safari;path~rooms & más',
    answered: true,
    bots: undefined,
    nested: { a: 1 },
  }
  const text = searchText(search)
  expect(searchOf(text)).toEqual({ period: '30d', device: 'mobile', filters: search.filters, answered: 'true' })
  expect(analysisOfLink(text)).toMatchObject({ period: '30d', device: 'mobile', answered: true })
})

test('a comparison with other visits stays behind, none at all goes along', () => {
  expect(searchText({ vs: 'all' })).toBe('')
  expect(searchText({ vs: 'device=desktop' })).toBe('')
  expect(searchText({ vs: 'none' })).toBe('vs=none')
})

test('a link has ended from the instant it names', () => {
  const link = (expires_at: string | null) => ({ expires_at }) as ShareLink
  const at = Date.parse('2026-11-25T12:00:00Z')
  expect(
    [link(null), link('2026-11-25T12:00:01Z'), link('2026-11-25T12:00:00Z')].map((one) => isExpired(one, at)),
  ).toEqual([false, false, true])
})

test('the code for other sites cannot be broken by a name', () => {
  expect(embedCode('https://f.test/shared/fl_a', '"><script>')).toContain('title="&quot;>&lt;script>"')
})
