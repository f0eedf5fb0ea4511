// The mock's server figures and jobs, for the owner of the server.
import type { components } from '../../src/api/schema.gen'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Answer = { status: number; json?: unknown }
export type JobRun = Schemas['JobRun']

const MINUTE = 60_000
const forbidden = () => problem(403, 'Forbidden', 'only the owner of the server can do this')

/** Method, route, requests of five minutes, percentiles, refused and failed. */
const ENDPOINTS: [
  method: string,
  route: string,
  requests: number,
  p50: number,
  p95: number,
  p99: number,
  client?: number,
  server?: number,
][] = [
  ['POST', '/ingest-events', 148_200, 1.9, 6.4, 14.8, 212],
  ['GET', '/api/projects/{project_id}/overview', 84, 61, 240, 410],
  ['GET', '/api/projects/{project_id}/friction/items', 31, 118, 1_240, 2_900, 1, 2],
  ['POST', '/api/analytics/track', 9_310, 2.2, 7.1, 19, 4],
  ['POST', '/track-event', 2_204, 2.4, 8.8, 22],
  ['GET', '/api/auth/me', 260, 0.6, 1.4, 3.1, 12],
  ['POST', '/api/projects/{project_id}/webhooks/{webhook_id}/deliveries/{delivery_id}/resend', 2, 11, 14, 14],
  ['POST', '/api/sql', 7, 380, 4_100, 4_100, 1],
  ['other', 'other', 96, 0.2, 0.5, 1.1, 96],
]

/** Each job with its interval in seconds and what it counts. */
const JOBS: [name: Schemas['JobName'], seconds: number, counts?: Record<string, number>][] = [
  ['session_completion', 1_800, { checked: 14, completed: 6 }],
  ['journal_trim', 60, { removed: 18_400 }],
  ['lake_maintenance', 15, { files_merged: 12, files_written: 1, files_deleted: 0 }],
  ['idle_sessions', 30, { ended: 41 }],
  ['abandoned_bookings', 60, { bookings: 0 }],
  ['erasures', 2],
  ['retention', 60, { runs_due: 0, runs_finished: 0, removed: 0, removed_bytes: 0 }],
  ['failed_events', 3_600, { removed: 3 }],
  ['webhook_messages', 3_600],
  ['audit_log', 3_600],
  ['key_uses', 10],
  ['rate_limits', 5],
  ['sdk_reports', 10],
  ['old_sdk_reports', 3_600],
  ['event_delivery', 900, { numbered: 184_210, received: 184_071 }],
  [
    'storage_sizes',
    600,
    {
      journal_bytes: 2_140_000_000,
      lake_bytes: 18_600_000_000,
      blob_bytes: 6_020_000_000,
      other_bytes: 40_960,
      catalog_bytes: 412_000_000,
    },
  ],
  ['suppression_lists', 5],
  ['visitor_salts', 5],
]

const NONE: Schemas['ResponseFigures'] = {
  requests: 0,
  client_errors: 0,
  server_errors: 0,
  p50_ms: null,
  p95_ms: null,
  p99_ms: null,
}

export function answerOperations(state: MockState, now: number): Answer {
  return state.isServerOwner ? { status: 200, json: figuresOf(state, now) } : forbidden()
}

/** Runs a job, or undefined when the path is about something else. */
export function runJob(state: MockState, path: string): Answer | undefined {
  const [, name] = /^\/api\/operations\/jobs\/([^/]+)\/run$/.exec(path) ?? []
  if (name === undefined) return undefined
  if (!state.isServerOwner) return forbidden()
  const job = JOBS.find(([known]) => known === name)
  if (!job) return problem(404, 'Not Found', 'job not found')
  if (state.runningJobs.includes(name)) return problem(409, 'Conflict', 'the job is already running')
  const run = runOf({ checked: 3, completed: 2 }, Date.now())
  state.jobRuns[name] = name === 'session_completion' ? run : runOf(job[2], Date.now())
  return { status: 200, json: state.jobRuns[name] }
}

function runOf(counts: Record<string, number> | undefined, at: number): Schemas['JobRun'] {
  return {
    started_at: new Date(at).toISOString(),
    duration_ms: 12.4,
    error: null,
    counts: Object.entries(counts ?? {}).map(([name, count]) => ({ name, count })),
  }
}

function figuresOf(state: MockState, now: number): Schemas['ServerFigures'] {
  const ago = (ms: number) => new Date(now - ms).toISOString()
  const endpoints = ENDPOINTS.map(
    ([method, route, requests, p50_ms, p95_ms, p99_ms, client_errors = 0, server_errors = 0]): Schemas['Endpoint'] => {
      const recent = { requests, client_errors, server_errors, p50_ms, p95_ms, p99_ms }
      return {
        method,
        route,
        recent: state.isEmpty ? NONE : recent,
        since_start: { ...recent, requests: requests * 70 },
      }
    },
  )
  return {
    server: {
      id: '0197a1c0-0000-7000-8000-0000000000f1',
      version: '0.1.0',
      started_at: ago(400 * MINUTE),
      uptime_seconds: 24_000,
      measured_at: ago(0),
      memory_bytes: 214_000_000,
    },
    requests: {
      recent_seconds: state.isEmpty ? 4 : 280,
      recent: state.isEmpty
        ? NONE
        : { requests: 160_194, client_errors: 326, server_errors: 2, p50_ms: 2, p95_ms: 6.9, p99_ms: 17 },
      since_start: { requests: 11_200_000, client_errors: 900, server_errors: 3, p50_ms: 2, p95_ms: 7, p99_ms: 18 },
      endpoints,
    },
    journal: { queued_batches: 38, max_batches: 4_096, queued_bytes: 61_000, max_bytes: 67_108_864 },
    projections: ['lake', 'accounts', 'lead_scores', 'crm', 'sessions', 'calls'].map((name) =>
      state.isEmpty || name !== 'lake'
        ? { name, lag_entries: 0, lag_seconds: 0 }
        : { name, lag_entries: 21_400, lag_seconds: 12.4 },
    ),
    disk: {
      free_bytes: 41_000_000_000,
      total_bytes: 250_000_000_000,
      stores: state.isEmpty
        ? null
        : {
            measured_at: ago(4 * MINUTE),
            journal_bytes: 2_140_000_000,
            lake_bytes: 18_600_000_000,
            catalog_bytes: 412_000_000,
            blob_bytes: 6_020_000_000,
            other_bytes: 40_960,
          },
    },
    last_cleanup: state.isEmpty ? null : { started_at: ago(12 * MINUTE), checked: 14, completed: 6 },
    jobs: JOBS.map(([name, interval_seconds, counts]): Schemas['Job'] => {
      const isFailing = name === 'webhook_messages' && !state.isEmpty
      const since = Math.min(12 * MINUTE, interval_seconds * 600)
      const usual = state.isEmpty
        ? null
        : { ...runOf(counts, now - since), ...(isFailing ? { error: 'the catalog is unavailable', counts: [] } : {}) }
      return {
        name,
        interval_seconds,
        running_since: state.runningJobs.includes(name) ? ago(3_000) : null,
        next_run_at: new Date(now - since + interval_seconds * 1_000).toISOString(),
        last_run: state.jobRuns[name] ?? usual,
        last_failure: isFailing ? usual : null,
        runs: state.isEmpty ? 0 : 80,
        failures: isFailing ? 1 : 0,
      }
    }),
  }
}
