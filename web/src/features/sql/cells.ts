// How values of an answer are shown, by the types of their columns; pure.
import { absoluteTime } from '../../lib/time'
import type { SqlColumn } from './model'

export type Value = string | number | boolean | null

export type Shown =
  | { kind: 'null' }
  | { kind: 'empty' }
  | { kind: 'text'; text: string; exact?: string }
  | { kind: 'json'; text: string; value: unknown }

const NUMBERS = /^(smallint|integer|bigint|real|double precision|numeric)\b/
const MAX_FRACTION = 6

export function isNumeric({ type }: SqlColumn): boolean {
  return NUMBERS.test(type)
}

export function isTime({ type }: SqlColumn): boolean {
  return /^(timestamp|timestamptz|date)\b/.test(type)
}

/** A value as people read it; `exact` is what the server answered, where it differs. */
export function shown(value: Value, column: SqlColumn): Shown {
  if (value === null) return { kind: 'null' }
  if (value === '') return { kind: 'empty' }
  if (typeof value === 'boolean') return { kind: 'text', text: String(value) }
  if (isNumeric(column)) return withExact(numberText(value, column.type), String(value))
  const text = String(value)
  if (column.type === 'timestamptz') return withExact(absoluteTime(text), text)
  if (column.type === 'json' || column.type === 'jsonb') return jsonOf(text)
  return { kind: 'text', text }
}

function withExact(text: string, exact: string): Shown {
  return text === exact ? { kind: 'text', text } : { kind: 'text', text, exact }
}

/** Only objects and lists are worth unfolding. */
function jsonOf(text: string): Shown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { kind: 'json', text, value } : { kind: 'text', text }
  } catch {
    return { kind: 'text', text }
  }
}

function numberText(value: string | number, type: string): string {
  // A whole number beyond what the browser counts with has come as its digits.
  if (typeof value === 'string') return grouped(value)
  const scale = /^numeric\(\d+,(\d+)\)$/.exec(type)?.[1]
  if (scale !== undefined)
    return value.toLocaleString('en', { minimumFractionDigits: Number(scale), maximumFractionDigits: Number(scale) })
  if (value !== 0 && Math.abs(value) < 10 ** -MAX_FRACTION) return value.toExponential(3)
  return value.toLocaleString('en', { maximumFractionDigits: MAX_FRACTION })
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

type Source = { source?: string }

/** An answer's JSON; whole numbers that the browser would round are read as their digits. */
export function parseAnswer<T>(text: string): T {
  const keep = (_key: string, value: unknown, context?: Source): unknown =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown) as T
}
