// Shares of sessions and sums of money.
import { expect, test } from 'vitest'
import { conversionShare, engagedShare, revenueOf } from './engagement'

test('shares are of sessions; of none there is no share', () => {
  const figures = { sessions: 200, engaged_sessions: 150, converting_sessions: 10 }
  expect([engagedShare(figures), conversionShare(figures)]).toEqual([0.75, 0.05])
  expect(conversionShare({ ...figures, sessions: 0, converting_sessions: 0 })).toBeNull()
})

test('revenue names every currency of either period, the largest first', () => {
  const [tzs, usd, eur] = [
    { currency: 'TZS', amount: '900000' },
    { currency: 'USD', amount: '120.50' },
    { currency: 'EUR', amount: '80' },
  ]
  expect(revenueOf([usd, tzs], [eur, { ...tzs, amount: '600000' }])).toEqual([
    { currency: 'TZS', amount: 900_000, previous: 600_000 },
    { currency: 'USD', amount: 120.5, previous: 0 },
    { currency: 'EUR', amount: 0, previous: 80 },
  ])
  expect(revenueOf([], [])).toEqual([])
})
