// Recordings as their pages show them: names of filters, times on the bar, what marks a moment; pure.
import type { components } from '../../api/schema.gen'
import type { EventRow } from '../../api/types'
import { eventLabel } from '../../lib/words'
import type { RecordingFilter } from './search'

type Recording = components['schemas']['Recording']

export const FILTER_LABELS: Record<keyof RecordingFilter, string> = {
  session_id: 'Session',
  visitor_id: 'Visitor',
  user_id: 'Customer',
}

export const SPEEDS = [0.5, 1, 2, 4, 8] as const

/** The next speed up or down; the same at the end. */
export function speedAfter(speed: number, step: 1 | -1): number {
  const at = SPEEDS.indexOf(speed as (typeof SPEEDS)[number])
  return SPEEDS[at + step] ?? speed
}

const ONGOING_WITHIN_MS = 2 * 60_000

/** Whether more of it may come. */
export function isOngoing({ ended_at }: Pick<Recording, 'ended_at'>, now: number): boolean {
  return now - Date.parse(ended_at) < ONGOING_WITHIN_MS
}

/** "0:07", "4:12", "1:02:03" */
export function clock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** "312 KB", "4.1 MB" */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 999_500 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** The numbers between the first and the last part that have not arrived. */
export function missingParts(chunks: readonly { seq: number }[]): number[] {
  const known = new Set(chunks.map(({ seq }) => seq))
  const last = Math.max(-1, ...known)
  return Array.from({ length: Math.min(last + 1, 10_000) }, (_, seq) => seq).filter((seq) => !known.has(seq))
}

/** "Part 3 is missing", "Parts 0–2 and 5 are missing" */
export function missingText(missing: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const seq of missing) {
    const range = ranges.at(-1)
    if (range && range[1] === seq - 1) range[1] = seq
    else ranges.push([seq, seq])
  }
  const texts = ranges.map(([from, to]) => (from === to ? String(from + 1) : `${from + 1}–${to + 1}`))
  const last = texts.pop()
  return `${missing.length === 1 ? 'Part' : 'Parts'} ${texts.length === 0 ? last : `${texts.join(', ')} and ${last}`} ${missing.length === 1 ? 'is' : 'are'} missing`
}

export type Tone = 'bad' | 'warn' | 'plain'
export type Moment<Row> = { event: Row; ms: number; tone: Tone; label: string; detail: string }
type Row = Pick<
  EventRow,
  'id' | 'occurred_at' | 'name' | 'category' | 'path' | 'element_text' | 'element_selector' | 'error_message'
>

const ERRORS = new Set([
  'javascript_error',
  'unhandled_rejection',
  'error_click',
  'console_error',
  'failed_request',
  'network_error',
  'form_validation_error',
])

export const isError = ({ name }: Pick<EventRow, 'name'>): boolean => ERRORS.has(name)

function toneOf(event: Row): Tone {
  return isError(event) ? 'bad' : event.category === 'friction' ? 'warn' : 'plain'
}

function detailOf(event: Row): string {
  return event.error_message || event.element_text || event.element_selector || event.path || ''
}

/** Events as moments of a recording, the earliest first: `startedAt` is when it began, by the server's clock. Those outside are left out. */
export function momentsOf<R extends Row>(events: readonly R[], startedAt: number, lengthMs: number): Moment<R>[] {
  return events
    .filter(({ name }) => !UNLISTED.has(name))
    .map((event) => ({
      event,
      ms: Date.parse(event.occurred_at) - startedAt,
      tone: toneOf(event),
      label: eventLabel(event.name),
      detail: detailOf(event),
    }))
    .filter(({ ms }) => ms >= -SLACK_MS && ms <= lengthMs + SLACK_MS)
    .map((moment) => ({ ...moment, ms: Math.min(Math.max(0, moment.ms), lengthMs) }))
    .sort((a, b) => a.ms - b.ms)
}

/** The replay itself shows them, many a second. */
const UNLISTED = new Set(['move', 'scroll', 'page_performance'])

/** The page view of a recording's page is a little older than its first event. */
export const SLACK_MS = 2_000

/** Friction and errors: what the bar marks. */
export const isMarked = ({ tone }: { tone: Tone }): boolean => tone !== 'plain'

/** The marked moment before or after a position; one just passed counts as passed. */
export function neighbour<M extends { ms: number }>(moments: readonly M[], ms: number, step: 1 | -1): M | undefined {
  return step > 0
    ? moments.find((moment) => moment.ms > ms + 250)
    : moments.findLast((moment) => moment.ms < ms - 1_000)
}

/** The last moment that has been reached. */
export function currentIndex(moments: readonly { ms: number }[], ms: number): number {
  return moments.findLastIndex((moment) => moment.ms <= ms + 50)
}

const BOUNDS: Record<string, string> = {
  nodes: 'The page has more elements than a replay shows.',
  depth: 'Elements nested very deeply are left out.',
  events: 'The recording has more events than a replay plays.',
  viewport: 'The recorded window is larger than a replay shows.',
  hours: 'Events more than 48 hours after the first one are left out.',
  bytes: 'The recording is too large to be loaded whole.',
}

export function boundText(bound: string): string {
  return BOUNDS[bound] ?? 'A part of the recording is left out.'
}

/** The path of an address: it alone distinguishes the pages of one site. */
export function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : address
}

/** The end of an id, which differs where the beginning is a time. */
export function shortId(id: string): string {
  return id.length > 12 ? `…${id.slice(-8)}` : id
}
