// The events of a session's calls, as the SQL surface answers them, in the words of the page; pure.
import type { components } from '../../api/schema.gen'
import { eventLabel } from '../../lib/words'

export type CallEvent = { id: string; type: string; at: string; page: string | null; metadata: Record<string, unknown> }

/** Reads rows by the names of their columns; what is no event is left out. */
export function readCallEvents({ columns, rows }: components['schemas']['SqlAnswer']): CallEvent[] {
  const index = (name: string) => columns.findIndex((column) => column.name === name)
  const [id, type, at, page, metadata] = ['id', 'event_type', 'timestamp', 'page_url', 'metadata'].map(index) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const events = rows.flatMap((row) => {
    const text = (place: number) => (typeof row[place] === 'string' ? row[place] : null)
    const [eventId, eventType, eventAt] = [text(id), text(type), text(at)]
    return eventId && eventType && eventAt
      ? [{ id: eventId, type: eventType, at: eventAt, page: text(page), metadata: readObject(row[metadata]) }]
      : []
  })
  // An inferred end has the very time of the heartbeat it is taken from.
  return events.sort((a, b) => a.at.localeCompare(b.at) || Number(isEnd(a)) - Number(isEnd(b)))
}

function isEnd({ type }: CallEvent): boolean {
  return type === 'call_end' || type === 'call_error'
}

function readObject(value: unknown): Record<string, unknown> {
  try {
    const read: unknown = typeof value === 'string' ? JSON.parse(value) : value
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

export type Step = {
  key: string
  at: string /** The event’s own name. */
  name: string
  title: string
  note?: string
  tone?: 'start' | 'good' | 'warn' | 'bad'
}

const SOURCES: Record<string, string> = { heartbeat: 'at the last heartbeat', timeout: '30 minutes after the start' }

/** The events as steps; heartbeats in a row are one, because only the last one matters. */
export function callSteps(events: CallEvent[]): Step[] {
  const steps: Step[] = []
  let beats: CallEvent[] = []
  const rest = () => {
    const last = beats.at(-1)
    if (last)
      steps.push({
        key: last.id,
        at: last.at,
        name: last.type,
        title: beats.length === 1 ? eventLabel(last.type) : `${beats.length} heartbeats`,
        ...(beats.length > 1 ? { note: 'Time of the last heartbeat' } : {}),
      })
    beats = []
  }
  for (const event of events) {
    if (event.type === 'call_heartbeat') {
      beats.push(event)
      continue
    }
    rest()
    steps.push(stepOf(event))
  }
  rest()
  return steps
}

function stepOf({ id, at, type, metadata }: CallEvent): Step {
  const isInferred = metadata.inferred === true
  const step = { key: id, at, name: type, title: eventLabel(type) }
  switch (type) {
    case 'call_start':
      return { ...step, tone: 'start' }
    case 'call_end':
      return isInferred
        ? {
            ...step,
            title: 'Inferred end',
            note: `The page reported no end. Set ${SOURCES[String(metadata.end_source)] ?? 'from the last known event'}; a real end replaces it.`,
            tone: 'warn',
          }
        : { ...step, tone: 'good' }
    case 'call_error':
      return { ...step, ...(typeof metadata.error === 'string' ? { note: metadata.error } : {}), tone: 'bad' }
    default:
      return step
  }
}
