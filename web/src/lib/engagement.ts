// What sessions are worth: shares of them, and sums of money of two periods side by side; pure.

export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

export function engagedShare({
  engaged_sessions: engaged,
  sessions,
}: {
  engaged_sessions: number
  sessions: number
}): number | null {
  return shareOf(engaged, sessions)
}

export function conversionShare({
  converting_sessions: converting,
  sessions,
}: {
  converting_sessions: number
  sessions: number
}): number | null {
  return shareOf(converting, sessions)
}

type Amount = { currency: string; amount: string }

export type Revenue = { currency: string; amount: number; previous: number }

/** The revenue of each currency of either period, the largest first; of one that is new, or gone, the other amount is 0. */
export function revenueOf(current: readonly Amount[], before: readonly Amount[]): Revenue[] {
  const sums = new Map<string, Revenue>()
  for (const { currency, amount } of current) sums.set(currency, { currency, amount: Number(amount), previous: 0 })
  for (const { currency, amount } of before)
    sums.set(currency, { currency, amount: sums.get(currency)?.amount ?? 0, previous: Number(amount) })
  return [...sums.values()].sort(
    (a, b) => b.amount - a.amount || b.previous - a.previous || a.currency.localeCompare(b.currency),
  )
}
