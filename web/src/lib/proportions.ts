// Shares of small groups, and how far they can be off by chance: intervals at 95 %; pure.

/** So many of so many. */
export type Proportion = { count: number; total: number }

export type Interval = { low: number; high: number }

/** Of the standard normal distribution, for 95 %. */
const Z = 1.959964

/**
 * Wilson's score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927). Nothing is known of a share of nobody.
 */
export function wilson({ count, total }: Proportion): Interval {
  if (total === 0) return { low: 0, high: 1 }
  const share = count / total
  const scale = 1 + Z ** 2 / total
  const centre = (share + Z ** 2 / (2 * total)) / scale
  const reach = (Z * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2))) / scale
  return { low: Math.min(share, Math.max(0, centre - reach)), high: Math.max(share, Math.min(1, centre + reach)) }
}

export type Difference = Interval & { difference: number }

/**
 * The difference of the shares of two groups that have nobody in common, the first less the second, with Newcombe's hybrid score
 * interval (method 10): R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
 * methods", Statistics in Medicine 17 (1998). Null where a group is empty.
 */
export function differenceOf(first: Proportion, second: Proportion): Difference | null {
  if (first.total === 0 || second.total === 0) return null
  const [a, b] = [first.count / first.total, second.count / second.total]
  const [ofA, ofB] = [wilson(first), wilson(second)]
  return {
    difference: a - b,
    low: a - b - Math.hypot(a - ofA.low, ofB.high - b),
    high: a - b + Math.hypot(ofA.high - a, b - ofB.low),
  }
}

/** Whether chance alone makes a difference like this in fewer than one of twenty comparisons. */
export function isClear({ low, high }: Interval): boolean {
  return low > 0 || high < 0
}
