// Values from the page, reduced to JSON.
import { safely } from '../lib/safe'

/** Leaves out what JSON cannot say: cycles and big integers. */
const sayable = (): ((name: string, value: unknown) => unknown) => {
  const seen = new Set<unknown>()
  return (_name, value) => {
    if (typeof value === 'bigint' || seen.has(value)) return undefined
    if (value && typeof value === 'object') seen.add(value)
    return value
  }
}

/** A copy: later changes by the page do not change the event. */
export const plain = <T>(value: T): T =>
  safely(() => JSON.parse(JSON.stringify(value)) as T)() || (JSON.parse(JSON.stringify(value, sayable())) as T)
