// What friction costs, in words.
import { expect, test } from 'vitest'
import { shortNumber } from './format'
import {
  aboutWord,
  type Cost,
  costOf,
  countText,
  type Estimate,
  findingOf,
  intervalText,
  isWeek,
  mostLost,
  summaryOf,
  weeklyLoss,
} from './frictionCost'

const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ')
const around = (estimate: number, half: number): Estimate => ({ estimate, low: estimate - half, high: estimate + half })

const pay: Cost = {
  element_selector: '#pay',
  element_text: 'Pay now',
  matched_sessions: 34,
  control_sessions: 65,
  conversion_rate: 0.2,
  control_rate: 0.6,
  is_loss: true,
  lost_conversions: around(14, 6),
  lost_conversions_weekly: around(12.4, 5),
  lost_value: around(4_700_000, 2_300_000),
  lost_value_weekly: around(4_200_000, 2_100_000),
}
const unpriced: Cost = { ...pay, lost_value: null, lost_value_weekly: null }
const harmless: Cost = {
  ...pay,
  element_selector: '#map',
  is_loss: false,
  lost_conversions: around(-1, 4),
  lost_conversions_weekly: around(-0.9, 3.5),
  lost_value: around(-80_000, 300_000),
  lost_value_weekly: around(-70_000, 280_000),
}
const rare: Cost = {
  element_selector: '#faq',
  matched_sessions: 9,
  control_sessions: 400,
  conversion_rate: 0,
  control_rate: 0.1,
  is_loss: false,
}
const idle: Cost = { ...harmless, conversion_rate: 0, control_rate: 0 }

const loss = (cost: Cost, currency: string | null = 'TZS') => {
  const found = weeklyLoss(cost, currency)
  return found && [`${aboutWord(found)} ${plain(found.amount)}`, plain(found.interval)]
}
const worth = (estimate: number, half: number) => loss({ ...pay, lost_value_weekly: around(estimate, half) })

test('a loss is its value a week, abbreviated, with its interval', () => {
  expect(loss(pay)).toEqual(['about TZS 4.2 M', '2.1 to 6.3 M'])
  expect(worth(850_000, 200_000)).toEqual(['about TZS 850 k', '650 k to 1.1 M'])
  expect(worth(1_234.56, 400)).toEqual(['about TZS 1,235', '835 to 1,635'])
  expect(worth(0.4, 0.2)?.[0]).toBe('less than TZS 1')
})

test('without a known value a loss is orders and bookings', () => {
  expect(loss(unpriced)).toEqual(['about 12 orders and bookings', '7.4 to 17'])
  expect(loss(pay, null)?.[0]).toBe('about 12 orders and bookings')
  expect(loss({ ...pay, lost_value_weekly: around(0, 0) })?.[0]).toBe('about 12 orders and bookings')
  const weekly = (estimate: number) => loss({ ...unpriced, lost_conversions_weekly: around(estimate, 0.01) })?.[0]
  expect([weekly(5.63), weekly(1.02), weekly(0.02)]).toEqual([
    'about 5.6 orders and bookings',
    'about 1 order or booking',
    'less than 0.1 orders and bookings',
  ])
  expect([weeklyLoss(unpriced, 'TZS')?.short, plain(weeklyLoss(pay, 'TZS')?.short)]).toEqual([
    '12 conversions',
    'TZS 4.2 M',
  ])
  expect(loss(rare)).toBeUndefined()
})

test('counts have one decimal below ten', () => {
  expect([0.04, 0.4, 1, 9.94, 9.96, 14.6, 12_345].map((count) => plain(countText(count)))).toEqual([
    '0',
    '0.4',
    '1',
    '9.9',
    '10',
    '15',
    '12.3 k',
  ])
})

test('nothing is ever below zero', () => {
  expect(plain(intervalText(around(5, 8), countText))).toBe('0 to 13')
  expect(plain(intervalText(around(1_000_000, 3_000_000), shortNumber))).toBe('0 to 4.0 M')
  expect(countText(-3)).toBe('0')
  expect(plain(mostLost(harmless, 'TZS'))).toBe('TZS 210 k')
  expect(mostLost({ ...harmless, lost_value_weekly: around(-500_000, 100_000) }, 'TZS')).toBeUndefined()
  expect(mostLost({ ...harmless, lost_value_weekly: null }, 'TZS')).toBe('2.6 orders and bookings')
  expect(mostLost({ ...harmless, lost_value_weekly: around(0.1, 0.2) }, 'EUR')).toBeUndefined()
})

test('a unit that both ends share is written once', () => {
  expect(plain(intervalText(around(60_000, 40_000), shortNumber))).toBe('20.0 to 100 k')
  expect(plain(intervalText(around(10_000, 5_000), shortNumber))).toBe('5,000 to 15.0 k')
})

test('a comparison finds a loss, none, too few sessions, or nothing to lose', () => {
  expect([pay, harmless, rare, idle].map(findingOf)).toEqual(['loss', 'no_loss', 'too_few', 'no_conversions'])
})

test('a list is its losses, or why there are none', () => {
  const kindOf = (items: Cost[], currency: string | null = 'TZS') => summaryOf({ items, currency }).kind
  expect(summaryOf({ items: [pay, harmless], currency: 'TZS' })).toEqual({ kind: 'losses', losses: [pay] })
  expect(kindOf([harmless, rare])).toBe('no_loss')
  expect(kindOf([])).toBe('no_friction')
  expect(kindOf([rare])).toBe('too_few')
  expect(kindOf([idle], null)).toBe('unreported')
  expect(kindOf([idle])).toBe('unlinked')
  expect(kindOf([{ ...rare, conversion_rate: null, control_rate: null }])).toBe('too_few')
})

test('the cost of an entry is found by its key', () => {
  const list = { items: [pay, { ...rare, element_selector: null, error_group: 'v1:ab' }] }
  expect([costOf(list, '#pay'), costOf(list, 'v1:ab')]).toEqual(list.items)
  expect([costOf(list, '#map'), costOf(undefined, '#pay')]).toEqual([undefined, undefined])
})

test('a period of a week needs no figures of its own', () => {
  expect(isWeek(pay)).toBe(false)
  expect(isWeek({ ...pay, lost_conversions_weekly: around(14.1, 6) })).toBe(true)
})
