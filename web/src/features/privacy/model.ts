// Data of a person, and the progress of an erasure; pure.
import type { components } from '../../api/schema.gen'
import { sentence } from '../../lib/words'

export type Erasure = components['schemas']['Erasure']

export type Subject = {
  /** As it was asked for. */
  subject: string
  madeAt: string
  identifiers: { name: string; values: string[] }[]
  tables: { name: string; rows: number }[]
  events: number
  /** The document as the server wrote it, to be handed to the person. */
  text: string
}

const IDENTIFIERS: Record<string, string> = {
  user_ids: 'User ids',
  emails: 'E-mail addresses',
  visitor_ids: 'Visitor ids',
  session_ids: 'Session ids',
}

const TABLES: Record<string, string> = {
  crm_contacts: 'Contacts',
  crm_activities: 'Timeline entries',
  crm_tasks: 'Tasks',
  users: 'Customers',
  user_sessions: 'Sessions',
  user_activity_summary: 'Activity summaries',
  service_bookings: 'Bookings',
  orders: 'Orders',
  lead_scores: 'Lead scores',
  lead_signals: 'Lead score signals',
  failed_events: 'Failed events',
}

/** Reads an export; a document that was cut short on its way is no JSON and fails. */
export function readSubject(subject: string, text: string): Subject {
  const document = JSON.parse(text) as { made_at?: unknown; identifiers?: unknown; tables?: unknown; events?: unknown }
  const lists = (value: unknown) =>
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (entry): entry is [string, unknown[]] => Array.isArray(entry[1]),
    )
  return {
    subject,
    madeAt: String(document.made_at ?? ''),
    identifiers: lists(document.identifiers)
      .map(([name, values]) => ({ name: IDENTIFIERS[name] ?? sentence(name), values: values.map(String) }))
      .filter(({ values }) => values.length > 0),
    tables: lists(document.tables)
      .map(([name, rows]) => ({ name: TABLES[name] ?? sentence(name), rows: rows.length }))
      .filter(({ rows }) => rows > 0)
      .sort((a, b) => b.rows - a.rows),
    events: Array.isArray(document.events) ? document.events.length : 0,
    text,
  }
}

/** The names alone are what was asked for: only rows and events are knowledge. */
export function isKnown({ tables, events }: Subject): boolean {
  return tables.length > 0 || events > 0
}

export function isUnderWay({ state }: Erasure): boolean {
  return state !== 'gone'
}

export type Step = { key: string; label: string; help: string; at: string | null; isDone: boolean }

/** The steps of an erasure in their order, with when each was reached. */
export function stepsOf(erasure: Erasure): Step[] {
  const unreadable = erasure.unreadable_at ?? null
  const gone = erasure.gone_at ?? null
  return [
    {
      key: 'requested',
      label: 'Blocked',
      help: 'New events of this person are rejected.',
      at: erasure.requested_at,
      isDone: true,
    },
    {
      key: 'unreadable',
      label: 'Hidden',
      help: 'The data no longer appears anywhere.',
      at: unreadable,
      isDone: unreadable !== null,
    },
    {
      key: 'gone',
      label: 'Deleted',
      help: 'All data of this person is physically deleted.',
      at: gone,
      isDone: gone !== null,
    },
  ]
}

const REMOVED: [keyof Erasure['removed'], string][] = [
  ['lake_events', 'events'],
  ['catalog_rows', 'table rows'],
  ['journal_records', 'journal records'],
  ['failed_events', 'failed events'],
]

/** The removed kinds of data so far, with their counts; kinds without any are left out. */
export function removedParts({ removed }: Erasure): { count: number; what: string }[] {
  return REMOVED.map(([name, what]) => ({ count: removed[name], what })).filter(({ count }) => count > 0)
}

/** A file name that does not name the person. */
export function exportFileName(madeAt: string): string {
  return `footfall-person-${madeAt.slice(0, 19).replaceAll(':', '') || 'export'}.json`
}
