// The bots page's sums, tables, and the sessions a bot leads to.
import { expect, test } from 'vitest'
import type { BotShare } from '../../api/bots'
import { botSeries, botSheet, pageViewsOf, seriesSheet, sessionsOf, shareOf, unnamedEvents } from './model'

const GOOGLE = {
  name: 'Googlebot',
  rule: 'ua:bot',
  events: 30,
  page_views: 12,
  sessions: 4,
  last_seen: '2026-11-02T05:00:00Z',
}
const CURL = { name: null, rule: 'ua:curl', events: 5, page_views: 0, sessions: 0, last_seen: '2026-11-01T05:00:00Z' }
const ANSWER: BotShare = {
  period: {
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-02T12:00:00Z',
    bucket_seconds: 86_400,
    time_zone: 'UTC',
    previous_from: '2026-10-25T00:00:00Z',
    previous_to: '2026-10-26T12:00:00Z',
  },
  events: 100,
  bot_events: 40,
  rules: [
    { rule: 'ua:bot', events: 35 },
    { rule: 'ua:curl', events: 5 },
  ],
  bots: [GOOGLE, CURL],
  series: [
    { at: '2026-11-01T00:00:00Z', events: 60, bot_events: 25 },
    { at: '2026-11-02T00:00:00Z', events: 40, bot_events: 15 },
  ],
}

test('figures add up, and say what is not named', () => {
  expect([pageViewsOf(ANSWER), unnamedEvents(ANSWER), shareOf(40, 100), shareOf(0, 0)]).toEqual([12, 5, 0.4, null])
})

test('a bot leads to its sessions, which are shown with bots', () => {
  expect(sessionsOf({ period: '30d', country: 'TZ', selector: '#a' }, GOOGLE)).toEqual({
    period: '30d',
    country: 'TZ',
    browser: 'Googlebot',
    bots: true,
  })
  expect([sessionsOf({}, CURL), sessionsOf({}, { ...GOOGLE, sessions: 0 })]).toEqual([undefined, undefined])
})

test('the bars are of bots, the last of a day that goes on', () => {
  expect(botSeries(ANSWER).points.map(({ value, isPartial }) => [value, isPartial])).toEqual([
    [25, false],
    [15, true],
  ])
})

test('both are tables', () => {
  expect(seriesSheet(ANSWER).rows).toEqual([
    ['Sun 1 Nov 2026', 25, 60],
    ['Mon 2 Nov 2026', 15, 40],
  ])
  expect(botSheet(ANSWER).rows).toEqual([
    ['Googlebot', 'Crawler', 'bot', 30, 12, 4, '2026-11-02T05:00:00Z'],
    ['curl', 'Program', 'curl', 5, 0, 0, '2026-11-01T05:00:00Z'],
  ])
})
