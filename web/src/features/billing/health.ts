// How calls end, in parts that add up, and whether the cleanup still runs; pure.
import type { components } from '../../api/schema.gen'

type Health = components['schemas']['HealthFigures']

/** Every call has a real end, another one, or none yet. */
export function completionOf({
  calls,
  with_real_end,
  inferred,
  errors,
  ended_by_next_call,
  open,
  rate,
}: Health['session_completion']) {
  return { calls, real: with_real_end, inferred, errors, next: ended_by_next_call, open, rate: rate ?? null }
}

/** It runs every 30 minutes; two missed runs are a fault. */
const LATE_MS = 65 * 60_000

export function lateRun(runs: Health['cleanup_runs'], now: number): boolean {
  const [last] = runs
  return last !== undefined && now - Date.parse(last.started_at) > LATE_MS
}
