// Figures as people read them.
import { expect, test } from 'vitest'
import { changeBetween, duration, percent, shortNumber, signedPercent, signedPoints } from './format'

test('numbers are exact below ten thousand and abbreviated from there', () => {
  expect(shortNumber(0)).toBe('0')
  expect(shortNumber(9_999)).toBe('9,999')
  expect(shortNumber(10_000)).toBe('10.0\u202fk')
  expect(shortNumber(12_400)).toBe('12.4\u202fk')
  expect(shortNumber(231_400)).toBe('231\u202fk')
  expect(shortNumber(-12_400)).toBe('-12.4\u202fk')
})

test('a number that rounds up to a thousand of its unit takes the next unit', () => {
  expect(shortNumber(999_499)).toBe('999\u202fk')
  expect(shortNumber(999_500)).toBe('1.0\u202fM')
  expect(shortNumber(999_999_999)).toBe('1.0\u202fG')
})

test('percentages have one decimal', () => {
  expect(percent(0.1234)).toBe('12.3%')
  expect(percent(0)).toBe('0.0%')
  expect(percent(1)).toBe('100.0%')
})

test('a change from nothing is new, and from nothing to nothing is none', () => {
  expect(changeBetween(5, 0)).toEqual({ kind: 'new' })
  expect(changeBetween(0, 0)).toEqual({ kind: 'none' })
  expect(changeBetween(15, 10)).toEqual({ kind: 'change', share: 0.5 })
  expect(changeBetween(0, 10)).toEqual({ kind: 'change', share: -1 })
})

test('changes carry their sign, and rounding to zero carries none', () => {
  expect(signedPercent(0.041)).toBe('+4.1%')
  expect(signedPercent(-0.041)).toBe('\u22124.1%')
  expect(signedPercent(0.0004)).toBe('0.0%')
  expect(signedPercent(5.17)).toBe('+517%')
  expect(signedPercent(36.25)).toBe('+3,625%')
})

test('shares differ by points', () => {
  expect(signedPoints(0.021)).toBe('+2.1 points')
  expect(signedPoints(-0.5)).toBe('\u221250.0 points')
  expect(signedPoints(-0.0004)).toBe('0.0 points')
})

test('durations use the two units that matter', () => {
  expect(duration(240)).toBe('240 ms')
  expect(duration(2_440)).toBe('2.4 s')
  expect(duration(9_960)).toBe('10 s')
  expect(duration(252_000)).toBe('4 m 12 s')
  expect(duration(7_500_000)).toBe('2 h 05 m')
})
