// Stretches without input of the visitor, as rrweb defines them: more than ten seconds between two inputs.
import { INCREMENT, INPUT, MUTATION, type SafeEvent } from './sanitize'

const THRESHOLD_MS = 10_000
/** What is shown of a stretch before it is skipped, and before it ends. */
const AFTER_MS = 1_500
const BEFORE_MS = 500

export function isInput({ type, data }: SafeEvent): boolean {
  const source = data.source
  return type === INCREMENT && typeof source === 'number' && source > MUTATION && source <= INPUT
}

/** The stretches; what follows the last input is none, for nothing says how long it would have been. */
export function inactivityOf(inputs: readonly number[], ms: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  let before = 0
  for (const at of inputs) {
    if (at - before > THRESHOLD_MS) found.push({ from: before, to: Math.min(at, ms) })
    before = at
  }
  return found
}

/** Where to go on from here, if the next input is too far away for this speed. */
export function skipTarget(inputs: readonly number[], at: number, speed: number): number | undefined {
  let [low, high] = [0, inputs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((inputs[middle] as number) > at) high = middle
    else low = middle + 1
  }
  const [next, previous] = [inputs[low], low === 0 ? 0 : inputs[low - 1]]
  if (next === undefined || previous === undefined) return undefined
  if (next - previous <= THRESHOLD_MS * Math.max(1, speed) || at - previous < AFTER_MS || next - at <= THRESHOLD_MS)
    return undefined
  return next - BEFORE_MS
}
