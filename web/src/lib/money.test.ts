// Amounts in minor units of their currency.
import { expect, test } from 'vitest'
import { money, moneyColumn, toMajor, toMinor } from './money'

test('decimals are written only where there are any', () => {
  expect(money(15_000_000, 'TZS')).toBe('TZS 150,000')
  expect(money(1_250, 'EUR')).toBe('EUR 12.50')
  expect(money(-123_450, 'USD')).toBe('USD −1,234.50')
  expect(money(0, 'USD')).toBe('USD 0')
})

test('a currency has as many decimals as ISO 4217 says', () => {
  expect(money(999, 'JPY')).toBe('JPY 999')
  expect(money(1_235, 'KWD')).toBe('KWD 1.235')
  expect(toMajor(1_235, 'KWD')).toBe(1.235)
})

test('a column is written in one way', () => {
  const text = moneyColumn([1_250, 1_000], 'EUR')
  expect([1_250, 1_000].map(text)).toEqual(['EUR 12.50', 'EUR 10.00'])
})

test('what is typed becomes whole minor units', () => {
  expect(toMinor(0.1 + 0.2, 'USD')).toBe(30)
  expect(toMinor(1.005, 'EUR')).toBe(101)
  expect(toMinor(250, 'TZS')).toBe(25_000)
  expect(toMinor(500, 'JPY')).toBe(500)
  expect(toMinor(-0.5, 'EUR')).toBe(-50)
})
