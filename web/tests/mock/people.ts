// The mock's answers about contacts, tasks and customers, and the changes made to them.
import type { components } from '../../src/api/schema.gen'
import type { Contact, ContactChange, Customer, Task, TaskChange } from '../../src/api/types'
import { money, pipelineOf, scoreOf, summaryOf, timelineOf } from './crm'
import { customersOf, scoresOf, sessionFiguresOf } from './customers'
import { answerDocument, retention, retentionPreview } from './documents'
import { answerPerson, changePerson } from './person'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Answer = { status: number; json?: unknown }

const DAY = 86_400_000

/** The answer to a question about people, or undefined when there is no such question. */
export function answerPeople(name: string, state: MockState, query: URLSearchParams, now: number): unknown {
  const person = answerPerson(name, state, query, now)
  if (person !== undefined) return person
  const { contacts, tasks } = state.isEmpty ? { contacts: [], tasks: [] } : state.crm
  const [, contactId, part] = /^contacts\/([^/]+)(\/timeline)?$/.exec(name) ?? []
  if (contactId !== undefined) {
    const contact = contacts.find(({ id }) => id === contactId)
    return (
      contact &&
      (part ? ({ activities: timelineOf(contact, now), next_cursor: null } satisfies Schemas['Timeline']) : contact)
    )
  }
  const [, userId] = /^lead-scores\/([^/]+)$/.exec(name) ?? []
  if (userId !== undefined) return scoreOf(userId, now)
  switch (name) {
    case 'contacts': {
      const { rows, next_cursor } = pageOf(listed(contacts, query), query)
      return { contacts: rows, next_cursor } satisfies Schemas['ContactList']
    }
    case 'tasks': {
      const { rows, next_cursor } = pageOf(tasksOf(tasks, query), query)
      return { tasks: rows.map((task) => withContact(task, contacts)), next_cursor } satisfies Schemas['TaskList']
    }
    case 'crm/pipeline':
      return { stages: pipelineOf(contacts) } satisfies Schemas['Pipeline']
    case 'crm/revenue':
      return {
        time_zone: 'UTC',
        days: state.isEmpty
          ? []
          : Array.from({ length: 20 }, (_, index) => ({
              day: new Date(now - index * DAY).toISOString().slice(0, 10),
              bookings: 2 + (index % 4),
              revenue: money(280_000 + (index % 5) * 90_000),
            })),
      } satisfies Schemas['Revenue']
    case 'crm/preferences':
      return { items: interestsOf(state, query) } satisfies Schemas['Preferences']
    case 'crm/search-patterns':
      return searchPatternsOf(state)
    case 'lead-scores': {
      const { rows, next_cursor } = pageOf(state.isEmpty ? [] : scoresOf(state.customers), query)
      return { lead_scores: rows, next_cursor } satisfies Schemas['LeadScoreList']
    }
    case 'customers/session-figures':
      return sessionFiguresOf(state.isEmpty ? [] : state.customers, query.get('interval') ?? 'all')
    case 'customers/metrics': {
      const { rows, next_cursor } = pageOf(customersOf(state.isEmpty ? [] : state.customers, query, now), query)
      return {
        interval: query.get('interval') ?? 'all',
        customers: rows,
        next_cursor,
      } satisfies Schemas['CustomerMetrics']
    }
    case 'retention':
      return retention(state.documents)
    case 'retention/preview':
      return retentionPreview(query)
    default:
      return answerDocument(state.documents, name) ?? ofCustomer(name, state.isEmpty ? [] : state.customers, query)
  }
}

function interestsOf({ isEmpty }: MockState, query: URLSearchParams): Schemas['Preference'][] {
  if (query.has('contact_id'))
    return [
      { item: 'Fast ferry, 10:30', views: 6, contacts: 1 },
      { item: 'Night ferry', views: 2, contacts: 1 },
    ]
  const items = ['Fast ferry, 10:30', 'Night ferry', 'Island hopper, three days', 'Car deck, return', 'Sunset cruise']
  return isEmpty
    ? []
    : items.map((item, index) => ({ item, views: 14_200 >> (2 * index), contacts: 3_120 >> (2 * index) }))
}

function searchPatternsOf({ isEmpty }: MockState): Schemas['SearchPatterns'] {
  if (isEmpty) return { searches: 0, people: 0, terms: [], filters: [] }
  const terms = ['zanzibar tomorrow', 'night ferry', 'car deck', 'group prices', 'pemba']
  const used = [
    [
      ['from', 'Dar es Salaam'],
      ['to', 'Zanzibar'],
    ],
    [
      ['class', 'first'],
      ['to', 'Zanzibar'],
      ['vehicle', 'true'],
    ],
    [['max_price', '60000']],
  ] as const
  return {
    searches: 4_812,
    people: 1_960,
    terms: terms.map((term, index) => ({ term, searches: 1_204 >> index, people: 640 >> index })),
    filters: used.map((filters, index) => ({
      filters: filters.map(([name, value]) => ({ name, value })),
      uses: 820 >> index,
      people: 410 >> index,
    })),
  }
}

function ofCustomer(name: string, customers: Customer[], query: URLSearchParams) {
  const [, id, isList] = /^customers\/by-id\/([^/]+)(\/sessions)?$/.exec(name) ?? []
  if (id === undefined) return undefined
  const customer = customers.find((it) => it.id === decodeURIComponent(id))
  if (!isList) return customer
  const { rows, next_cursor } = pageOf(customer?.sessions ?? [], query)
  return { sessions: rows, next_cursor } satisfies Schemas['CustomerSessions']
}

function pageOf<Row>(rows: Row[], query: URLSearchParams): { rows: Row[]; next_cursor: string | null } {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  return { rows: rows.slice(start, end), next_cursor: end < rows.length ? String(end) : null }
}

function listed(contacts: Contact[], query: URLSearchParams): Contact[] {
  const text = (query.get('search') ?? '').toLowerCase()
  const status = query.get('lead_status')
  const keys: Record<string, (contact: Contact) => number> = {
    last_activity: ({ last_activity }) => Date.parse(last_activity ?? ''),
    created_at: ({ created_at }) => Date.parse(created_at),
    total_bookings: ({ total_bookings }) => total_bookings,
    total_revenue: ({ total_revenue }) => total_revenue[0]?.minor ?? 0,
    estimated_deal_value: ({ estimated_deal_value }) => estimated_deal_value?.minor ?? 0,
    website_visits: ({ website_visits }) => website_visits,
  }
  const key = keys[query.get('sort') ?? 'last_activity'] ?? (() => 0)
  return contacts
    .filter((contact) =>
      [`${contact.first_name} ${contact.last_name}`, contact.email, contact.phone, contact.user_id].some((value) =>
        value?.toLowerCase().includes(text),
      ),
    )
    .filter((contact) => status === null || contact.lead_status === status)
    .sort((a, b) => key(b) - key(a))
}

function tasksOf(tasks: Task[], query: URLSearchParams): Task[] {
  const has = (name: 'priority' | 'contact_id' | 'assigned_to', task: Task) =>
    query.get(name) === null || query.get(name) === task[name]
  const status = query.get('status') ?? 'open'
  return tasks
    .filter(
      (task) => task.status === status && has('priority', task) && has('contact_id', task) && has('assigned_to', task),
    )
    .sort((a, b) =>
      status === 'done'
        ? (b.done_at ?? '').localeCompare(a.done_at ?? '')
        : (a.due_at ?? '9').localeCompare(b.due_at ?? '9'),
    )
}

/** A task as it is answered: with its contact as it is now. */
function withContact(task: Task, contacts: Contact[]): Task {
  return { ...task, contact: summaryOf(contacts.find(({ id }) => id === task.contact_id)) }
}

/** Changes a contact or task or makes a token; undefined when the path is about something else. */
export function changePeople(state: MockState, method: string, path: string, body: object): Answer | undefined {
  const written = changePerson(state, method, path, body as Record<string, unknown>)
  if (written) return written
  const [, kind, id] = /\/(contacts|tasks)\/([^/]+)$/.exec(path) ?? []
  if (method === 'PATCH' && kind === 'contacts') return changeContact(state, id ?? '', body)
  if (method === 'PATCH' && kind === 'tasks') return changeTask(state, id ?? '', body)
  if (path.endsWith('/customer-tokens'))
    return {
      status: 201,
      json: {
        token: 'ct_9Hq2vX7tLr4KpZ8sWn3Jd6Mc1Bf5Gy0T',
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      } satisfies Schemas['CustomerTokenAnswer'],
    }
  return undefined
}

function changeContact(state: MockState, id: string, change: ContactChange): Answer {
  const contact = state.crm.contacts.find((entry) => entry.id === id)
  if (!contact) return problem(404, 'Not found', 'There is no such contact.')
  if (change.email && state.crm.contacts.some((other) => other !== contact && other.email === change.email))
    return problem(409, 'Conflict', 'The e-mail is another contact’s.')
  const { estimated_deal_value: deal, ...fields } = change
  Object.assign(
    contact,
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === '' ? null : value])),
  )
  if (deal !== undefined) contact.estimated_deal_value = deal && money(deal.amount, deal.currency)
  return { status: 200, json: contact }
}

function changeTask(state: MockState, id: string, change: TaskChange): Answer {
  const task = state.crm.tasks.find((entry) => entry.id === id)
  if (!task) return problem(404, 'Not found', 'There is no such task.')
  if (change.assigned_to !== undefined) task.assigned_to = change.assigned_to
  if (change.snooze_until)
    Object.assign(task, {
      due_at: change.snooze_until,
      snooze: { until: change.snooze_until, by: 'm1', at: new Date().toISOString() },
    })
  if (change.status)
    Object.assign(
      task,
      change.status === 'done'
        ? { status: 'done', done_at: new Date().toISOString(), done_by: 'm1' }
        : { status: 'open', done_at: null, done_by: null },
    )
  return { status: 200, json: withContact(task, state.crm.contacts) }
}
