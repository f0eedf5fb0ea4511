// Prices of calls; the same cases as the server's own.
import { expect, test } from 'vitest'
import { charge, clock, exampleSeconds, type Tariff, tariffSentence } from './tariff'

const PER_MINUTE: Tariff = {
  currency: 'TZS',
  price_minor: 25_000,
  basis: 'talk_time',
  rounding: 'per_started_minute',
  free_seconds: 10,
}
const PER_SECOND: Tariff = {
  currency: 'EUR',
  price_minor: 1,
  basis: 'talk_time',
  rounding: 'per_second',
  free_seconds: 0,
}

test('a started minute is a whole one, after the free seconds', () => {
  const units = [0, 10, 11, 70, 71].map((seconds) => charge(PER_MINUTE, seconds).units)
  expect(units).toEqual([0, 0, 1, 1, 2])
  expect(charge(PER_MINUTE, 204)).toEqual({ charged: 194, units: 4, billableSeconds: 240, amountMinor: 100_000 })
})

test('by the second, what is left of one is not counted', () => {
  expect(charge(PER_SECOND, 61.9)).toMatchObject({ units: 61, billableSeconds: 61, amountMinor: 61 })
})

test('the example shows both sides of each step, in order', () => {
  expect(exampleSeconds(PER_MINUTE)).toEqual([10, 70, 71, 204, 600, 1_800])
  expect(exampleSeconds(PER_SECOND)).toEqual([1, 60, 204, 600, 1_800])
})

test('a tariff is said in a sentence', () => {
  expect(tariffSentence(PER_MINUTE)).toBe('TZS 250 per started minute, first 10 s free')
  expect(tariffSentence(PER_SECOND)).toBe('EUR 0.01 per second')
  expect(tariffSentence({ ...PER_SECOND, basis: 'session_span' })).toBe('EUR 0.01 per second of the session span')
})

test('lengths are exact', () => {
  expect([45, 204, 3_900].map(clock)).toEqual(['45 s', '3 m 24 s', '1 h 05 m 00 s'])
})
