// The price of a call by a tariff, as the server computes it; pure.

import type { components } from '../../api/schema.gen'
import { money } from '../../lib/money'

export type Tariff = components['schemas']['Tariff']
export type Rounding = 'per_second' | 'per_started_minute'

export const MAX_PRICE_MINOR = 1_000_000_000
export const MAX_FREE_SECONDS = 86_400

export type Charge = {
  /** Seconds after the free ones. */
  charged: number
  units: number
  billableSeconds: number
  amountMinor: number
}

/** The price of a call of so many seconds. */
export function charge(tariff: Tariff, seconds: number): Charge {
  const charged = Math.max(0, seconds - (tariff.free_seconds ?? 0))
  const isPerMinute = tariff.rounding === 'per_started_minute'
  const units = isPerMinute ? Math.ceil(charged / 60) : Math.floor(charged)
  return { charged, units, billableSeconds: units * (isPerMinute ? 60 : 1), amountMinor: units * tariff.price_minor }
}

/** Calls that show where the tariff turns: before and after the free seconds, around a minute, and long ones. */
export function exampleSeconds(tariff: Tariff): number[] {
  const free = tariff.free_seconds ?? 0
  const around = tariff.rounding === 'per_started_minute' ? [free + 60, free + 61] : [free + 1, free + 60]
  return [...new Set([...(free > 0 ? [free] : []), ...around, 204, 600, 1_800])].sort((a, b) => a - b)
}

export function unitName(rounding: string, count: number): string {
  const unit = rounding === 'per_started_minute' ? 'started minute' : 'second'
  return count === 1 ? unit : `${unit}s`
}

/** "TZS 250 per started minute, first 10 s free" */
export function tariffSentence(tariff: Tariff): string {
  const free = tariff.free_seconds ? `, first ${clock(tariff.free_seconds)} free` : ''
  const basis = tariff.basis === 'session_span' ? ' of the session span' : ''
  return `${money(tariff.price_minor, tariff.currency)} per ${unitName(tariff.rounding, 1)}${basis}${free}`
}

/** "45 s", "3 m 24 s", "1 h 05 m 00 s": no rounding, because seconds are what is charged. */
export function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  if (hours > 0) return `${hours} h ${two(minutes)} m ${two(rest)} s`
  return minutes > 0 ? `${minutes} m ${two(rest)} s` : `${rest} s`
}
