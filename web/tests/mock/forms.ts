// The mock's forms: a booking whose phone field loses people, and names that try to be more than names.
import type { components } from '../../src/api/schema.gen'
import { overviewOf } from './overview'
import type { MockState } from './state'

type Schemas = components['schemas']
type Field = Schemas['FieldFigures']

const field = (name: string, kind: string, reached: number, abandoned: number, rest: Partial<Field> = {}): Field => ({
  field: name,
  kind,
  reached,
  abandoned,
  median_seconds: 4.2,
  corrected: Math.round(reached * 0.06),
  refused: 0,
  left_empty: abandoned,
  ...rest,
})

const HOSTILE = '<img src=x onerror=alert(1)>'

const FORMS: Schemas['FormFigures'][] = [
  {
    path: '/booking/details',
    form: 'details',
    starts: 812,
    submissions: 431,
    previous_starts: 790,
    previous_submissions: 498,
    median_seconds: 38.4,
    fields: [
      field('name', 'text', 812, 31),
      field('email', 'email', 770, 48, { median_seconds: 6.3, refused: 58 }),
      field('phone', 'tel', 714, 232, { median_seconds: 19.8, refused: 301, corrected: 266 }),
      field('licence', 'text', 478, 36, { median_seconds: 9.9 }),
      field('notes', 'textarea', 438, 7, { left_empty: 281 }),
    ],
  },
  {
    path: '/contact',
    form: 'contact',
    starts: 96,
    submissions: 61,
    previous_starts: 0,
    previous_submissions: 0,
    median_seconds: 51,
    fields: [field('email', 'email', 96, 12), field('message', 'textarea', 84, 23, { median_seconds: 33 })],
  },
  {
    path: '/hostile',
    form: HOSTILE,
    starts: 3,
    submissions: 0,
    previous_starts: 2,
    previous_submissions: 0,
    median_seconds: null,
    fields: [field(HOSTILE, 'x'.repeat(40), 3, 1), field('m'.repeat(400), 'text', 2, 2, { median_seconds: null })],
  },
]

export function formsOf(state: MockState, query: URLSearchParams, from: number, to: number): Schemas['FormList'] {
  const { period } = overviewOf(from, to)
  const isNone = state.isEmpty || query.get('country') === 'AQ'
  // In Kenya there are more than are listed.
  const isCut = !isNone && query.get('country') === 'KE'
  return {
    period,
    forms: isNone ? [] : FORMS,
    total: isNone ? 0 : isCut ? 120 : FORMS.length,
    other_starts: isCut ? 1_840 : 0,
  }
}

export function abandonmentsOf(
  query: URLSearchParams,
  from: number,
  to: number,
  now: number,
): Schemas['FormAbandonmentList'] {
  const form = FORMS.find(({ path, form }) => path === query.get('form_path') && form === query.get('form'))
  const total = form?.fields.find(({ field }) => field === query.get('field'))?.abandoned ?? 0
  const abandonments = Array.from({ length: Math.min(total, Number(query.get('limit'))) }, (_, index) => ({
    session_id: `01a2114a-7d61-7bca-a1cc-${String(index).padStart(12, '0')}`,
    user_id: index % 3 === 0 ? `customer-${index}` : null,
    started_at: new Date(now - (index + 1) * 3_700_000).toISOString(),
    last_field: query.get('field'),
    duration_ms: 21_000 + index * 900,
  }))
  return { period: overviewOf(from, to).period, abandonments, total }
}
