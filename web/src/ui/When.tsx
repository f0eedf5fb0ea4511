// A person's times: relative within a day, then the date; exact on hover, in the reader's own zone, which is named.
import { exactTime, money, sinceText } from '../lib/locale'
import { useNow } from './Figures'
import classes from './Figures.module.css'

export function When({ at, prefix = '' }: { at: string; prefix?: string }) {
  const now = useNow(Date.now() - Date.parse(at) < 60_000 ? 1_000 : 30_000)
  return (
    <time dateTime={at} title={exactTime(at)} className={classes.time}>
      {prefix}
      {sinceText(at, now)}
    </time>
  )
}

/** The part of the API's amounts that is shown. */
type Sum = { amount: string; currency: string }

/** Sums of different currencies: the first, and how many more there are, all on hover. */
export function Sums({ sums, none = '–' }: { sums: readonly Sum[]; none?: string }) {
  const [first, ...others] = sums.map(({ amount, currency }) => money(Number(amount), currency))
  if (first === undefined) return none
  return (
    <span className={classes.sums} title={others.length > 0 ? [first, ...others].join(', ') : undefined}>
      {first}
      {others.length > 0 && ` +${others.length}`}
    </span>
  )
}
