// The names of jobs, what their runs counted, and when they run again, in words; pure.
import type { components } from '../../api/schema.gen'
import { duration, exactNumber, plural } from '../../lib/format'
import { fileSize, STORES } from './model'

type Schemas = components['schemas']
export type Job = Schemas['Job']
export type JobRun = Schemas['JobRun']
export type JobName = Schemas['JobName']

export const JOBS: Record<JobName, { label: string; help: string }> = {
  session_completion: {
    label: 'Session completion (cleanup)',
    help: 'Infers the end of calls older than 30 minutes that nobody ended.',
  },
  journal_trim: {
    label: 'Journal trim',
    help: 'Removes entries that every projection has applied and that are old enough.',
  },
  lake_maintenance: {
    label: 'Lake maintenance',
    help: 'Merges small files of events and deletes those no longer needed.',
  },
  idle_sessions: { label: 'Idle sessions', help: 'Ends sessions without activity for 30 minutes.' },
  abandoned_bookings: { label: 'Abandoned bookings', help: 'Finds bookings that were started but not continued.' },
  scheduled_questions: { label: 'Scheduled questions', help: 'Asks saved questions of SQL that are due.' },
  erasures: { label: 'Erasures', help: 'Takes the next step of every erasure.' },
  retention: {
    label: 'Retention',
    help: 'Removes what is older than its project keeps it, once a day for each project.',
  },
  failed_events: { label: 'Failed events', help: 'Removes failed events that are older than they are kept.' },
  webhook_messages: {
    label: 'Webhook messages',
    help: 'Removes messages that were delivered or given up 30 days ago.',
  },
  audit_log: { label: 'Audit log', help: 'Removes entries that are older than they are kept.' },
  key_uses: { label: 'Use of API keys', help: 'Stores when each API key was last used.' },
  rate_limits: { label: 'Rate limits', help: 'Shares the counts of requests by API key with other servers.' },
  sdk_reports: { label: 'Tracker reports', help: 'Stores what browsers report of their own events.' },
  old_sdk_reports: { label: 'Old tracker reports', help: 'Removes reports that are older than they are kept.' },
  event_delivery: {
    label: 'Delivery rate',
    help: 'Computes how many of the events that trackers numbered have arrived in the last 24 hours, for monitoring.',
  },
  storage_sizes: { label: 'Sizes of the stores', help: 'Measures how much disk each store takes.' },
  suppression_lists: { label: 'Erased people', help: 'Reads the list of erased people, whose events are rejected.' },
  visitor_salts: { label: 'Visitor salts', help: 'Renews the secret behind the visitor ids of a day.' },
}

/** What counts are called after their number; others by their own name. */
const COUNTS: Record<string, [one: string, many: string]> = {
  checked: ['call checked', 'calls checked'],
  completed: ['end inferred', 'ends inferred'],
  removed: ['removed', 'removed'],
  runs_due: ['run due', 'runs due'],
  runs_finished: ['run finished', 'runs finished'],
  ended: ['ended', 'ended'],
  bookings: ['abandoned booking', 'abandoned bookings'],
  files_merged: ['file merged', 'files merged'],
  files_written: ['file written', 'files written'],
  files_deleted: ['file deleted', 'files deleted'],
}

/** What a run did: its counts but for zeros, or why it failed. */
export function resultText({ error, counts }: JobRun): string {
  if (error != null) return `Failed: ${error}`
  if (counts.length === 0) return 'Done'
  const texts = counts.filter(({ count }) => count > 0).map(({ name, count }) => countText(name, count))
  return texts.length === 0 ? 'Nothing to do' : texts.join(', ')
}

function countText(name: string, count: number): string {
  const [, store] = /^(.+)_bytes$/.exec(name) ?? []
  if (store !== undefined) return `${STORES[store]?.toLowerCase() ?? store} ${fileSize(count)}`
  const words = COUNTS[name]
  return words ? plural(count, ...words) : `${exactNumber(count)} ${name.replaceAll('_', ' ')}`
}

export function intervalText(seconds: number): string {
  if (seconds < 60) return `every ${seconds} s`
  if (seconds < 3_600) return `every ${seconds / 60} min`
  return seconds === 3_600 ? 'every hour' : seconds === 86_400 ? 'every day' : `every ${duration(seconds * 1_000)}`
}

/** When a job runs by itself again. */
export function nextText(job: Job, now: number): string {
  if (job.next_run_at == null) return '–'
  const seconds = Math.round((Date.parse(job.next_run_at) - now) / 1_000)
  if (seconds <= 0) return 'now'
  if (seconds < 60) return `in ${seconds} s`
  return seconds < 3_600 ? `in ${Math.round(seconds / 60)} min` : `in ${Math.round(seconds / 3_600)} h`
}

/** Jobs that need a look: they failed the last time. */
export function failingJobs(jobs: Job[]): Job[] {
  return jobs.filter(({ last_run }) => last_run?.error != null)
}
