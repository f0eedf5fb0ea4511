// Counts the outcome of every event, so that the server knows how many never reach it.
//
// A report is taken out of the counts when it is sent, and put back when the server did not answer: it may
// be lost with its page, but it is never counted twice, and the server adds reports up.

/** Our reasons; those the server gives for refused events, and `http_<status>`, stand beside them. */
export type DropReason = 'queue_overflow' | 'queue_expired' | 'too_large' | (string & {})

export interface Stats {
  created: number
  sent: number
  acknowledged: number
  dropped: Record<string, number>
  retries: number
  /** Answered requests, what their bodies weighed, and how long their answers took, all together. */
  requests: number
  bytes: number
  latency_ms: number
  /** Time of the page's main thread that went into us. */
  busy_ms: number
}

interface Counts {
  [name: string]: number | Counts
}

export const createStats = (): Stats => ({
  created: 0,
  sent: 0,
  acknowledged: 0,
  dropped: {},
  retries: 0,
  requests: 0,
  bytes: 0,
  latency_ms: 0,
  busy_ms: 0,
})

const add = (counts: Counts, more: Counts): void => {
  for (const name in more) {
    const value = more[name] as Counts[string]
    if (typeof value === 'object') add(counts[name] as Counts, value)
    else counts[name] = ((counts[name] as number) || 0) + value
  }
}

export const drop = (stats: Stats, reason: DropReason, count: number): void => {
  if (count) add(stats.dropped, { [reason]: count })
}

/** Adds `other`, which may come from disk and lack anything. */
export const merge = add as unknown as (stats: Stats, other: Partial<Stats>) => void

export const takeReport = (stats: Stats): Stats => {
  const report = { ...stats }
  Object.assign(stats, createStats())
  return report
}
