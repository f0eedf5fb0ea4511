// Money and instants in the language and zone of the reader.
import { expect, test } from 'vitest'
import { dayName, dayOf, exactTime, money, shortDate, shortMoney, sinceText, timeOfDay } from './locale'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const DAR = { locale: 'en-GB', zone: 'Africa/Dar_es_Salaam' }
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test('money carries its code, and decimals only where there are any', () => {
  expect(plain(money(150_000, 'TZS', { locale: 'en' }))).toBe('TZS 150,000')
  expect(plain(money(12.5, 'USD', { locale: 'en' }))).toBe('USD 12.50')
  expect(plain(money(150_000, 'TZS', { locale: 'de' }))).toBe('150.000 TZS')
  expect(money(3, 'shells')).toBe('shells 3')
  expect(plain(shortMoney(223_100_000, 'TZS'))).toBe('TZS 223 M')
})

test('an exact time is in the reader’s zone and names it', () => {
  expect(exactTime('2026-11-21T21:05:00Z', DAR)).toMatch(/^Sun,? 22 Nov 2026,? (at )?0?0:05 (GMT\+3|EAT)$/)
  expect(timeOfDay('2026-11-21T21:05:00Z', DAR)).toMatch(/^0?0:05$/)
  expect(exactTime('nonsense', DAR)).toBe('nonsense')
})

test('a date has its year where it is not this one', () => {
  expect(shortDate('2026-03-02T08:00:00Z', NOW, DAR)).toBe('2 Mar')
  expect(shortDate('2025-03-02T08:00:00Z', NOW, DAR)).toBe('2 Mar 2025')
  expect(shortDate('2026-12-31T22:00:00Z', NOW, DAR)).toBe('1 Jan 2027')
})

test('days are those of the reader’s zone', () => {
  expect(dayOf(Date.parse('2026-11-21T21:05:00Z'), DAR)).toBe('2026-11-22')
  expect(dayName('2026-11-20T21:05:00Z', NOW, DAR)).toBe('Today')
  expect(dayName('2026-11-20T20:55:00Z', NOW, DAR)).toBe('Yesterday')
  expect(dayName('2026-11-19T12:00:00Z', NOW, DAR)).toBe('19 Nov')
})

test('yesterday is the day before, also when one of the two has 23 or 25 hours', () => {
  const newYork = { locale: 'en-GB', zone: 'America/New_York' }
  // Half past eleven in the evening of the day with 25 hours: 24 hours earlier it is still the same day.
  expect(dayName('2026-10-31T16:00:00Z', Date.parse('2026-11-02T04:30:00Z'), newYork)).toBe('Yesterday')
  // Half past midnight after the day with 23 hours: 24 hours earlier it was the day before that.
  expect(dayName('2026-03-08T16:00:00Z', Date.parse('2026-03-09T04:30:00Z'), newYork)).toBe('Yesterday')
  expect(dayName('2026-03-07T16:00:00Z', Date.parse('2026-03-09T04:30:00Z'), newYork)).toBe('7 Mar')
})

test('times are relative within a day', () => {
  expect(sinceText('2026-11-21T11:45:00Z', NOW, DAR)).toBe('15 min ago')
  expect(sinceText('2026-11-20T12:00:00Z', NOW, DAR)).toBe('20 Nov')
})
