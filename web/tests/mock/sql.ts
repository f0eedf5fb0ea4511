// The mock's SQL: a schema, a few answers that depend on the statement, and reading saved questions.
import type { components } from '../../src/api/schema.gen'
import { lastRun, readRuns } from './questionRuns'
import { seeded } from './random'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Request = Schemas['SqlRequest']
type Answer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> }

const columns = (text: string) =>
  text
    .split(' ')
    .map((pair) => ({ name: pair.split(':')[0] ?? '', type: (pair.split(':')[1] ?? '').replaceAll('_', ' ') }))

export const SCHEMA: Schemas['SqlSchema'] = {
  tables: [
    {
      name: 'events',
      columns: columns(
        'id:uuid name:text category:text session_id:text visitor_id:text user_id:text url:text path:text country:text device_type:text browser:text value:double_precision currency:text properties:json occurred_at:timestamptz',
      ),
    },
    {
      name: 'orders',
      columns: columns(
        'id:text user_id:text total_amount:numeric(10,2) currency:text status:text created_at:timestamptz',
      ),
    },
    {
      name: 'user_sessions',
      columns: columns(
        'id:uuid user_id:text session_id:text started_at:timestamptz last_activity_at:timestamptz ended_at:timestamptz ended_reason:text device_type:text country:text entry_page:text',
      ),
    },
    { name: 'users', columns: columns('id:text email:text name:text registered_at:timestamptz') },
    {
      name: 'widget_analytics',
      columns: columns('id:uuid widget_id:uuid session_id:text event_type:text timestamp:timestamptz metadata:json'),
    },
  ],
  functions: [
    { about: 'texts', names: ['lower', 'upper', 'split_part'] },
    { about: 'times', names: ['date_trunc', 'date_bin', 'to_char'] },
    { about: 'aggregates', names: ['count', 'sum', 'avg', 'min', 'max'] },
  ],
}

/** The events of a call, which its panel asks for. */
const CALL: [string, string, number, string][] = [
  ['a1', 'widget_load', 0, '{}'],
  ['a2', 'call_start', 9, '{}'],
  ['a3', 'call_heartbeat', 39, '{}'],
  ['a4', 'call_heartbeat', 69, '{}'],
  ['a5', 'call_end', 69, '{"inferred":true,"end_source":"heartbeat"}'],
]

export function readSql(state: MockState, name: string, query: URLSearchParams): Answer | undefined {
  if (name === 'sql/schema') return { status: 200, json: SCHEMA }
  const runs = readRuns(state, name, query)
  if (runs) return runs
  const [, id] = /^saved-questions(?:\/(.+))?$/.exec(name) ?? []
  if (name === 'saved-questions')
    return {
      status: 200,
      json: {
        saved_questions: state.isEmpty
          ? []
          : state.savedQuestions.map(
              ({ statement: _statement, parameters: _parameters, chart: _chart, ...summary }) => ({
                ...summary,
                last_run: lastRun(state, summary.id),
              }),
            ),
      },
    }
  if (id === undefined) return undefined
  const found = state.savedQuestions.find((question) => question.id === id)
  return found
    ? { status: 200, json: { ...found, last_run: lastRun(state, id) } }
    : problem(404, 'Not Found', 'saved question not found')
}

export function answerSql(state: MockState, text: string, now: number): Answer {
  const request = JSON.parse(text) as Request
  const fault = rejection(request)
  if (fault) return fault
  if (/pg_sleep/.test(request.query)) return { status: 0 }
  const limit = request.limit ?? 1_000
  const { columns: named, rows } = state.isEmpty ? { columns: columns('n:bigint'), rows: [] } : rowsOf(request, now)
  const shown = rows.slice(0, limit)
  if (request.format === 'csv')
    return {
      status: 200,
      text: [named.map(({ name }) => name), ...shown].map((row) => row.join(',')).join('\r\n') + '\r\n',
      headers: { 'content-type': 'text/csv' },
    }
  return {
    status: 200,
    json: {
      columns: named,
      rows: shown,
      row_count: shown.length,
      truncated: rows.length > limit,
      elapsed_ms: 84,
    } satisfies Schemas['SqlAnswer'],
  }
}

function rejection({ query, parameters, parameter_types: types }: Request): Answer | undefined {
  for (const [name, type] of Object.entries(types ?? {})) {
    const value = (parameters as Record<string, unknown> | undefined)?.[name]
    const field = `parameters.${name}`
    if (value === null || value === undefined)
      return problem(422, 'Unprocessable Content', `${field} has no value`, field)
    if (type === 'number' && typeof value !== 'number')
      return problem(422, 'Unprocessable Content', `${field} must be a number`, field)
  }
  const lines = query.split('\n')
  const line = lines.findIndex((one) => one.includes('nme'))
  if (line < 0) return undefined
  const column = [...(lines[line]?.slice(0, lines[line].indexOf('nme')) ?? '')].length + 1
  const answer = problem(
    422,
    'Unprocessable Content',
    `line ${line + 1}, column ${column}: there is no column nme; did you mean name?`,
  )
  return { ...answer, json: { ...(answer.json as object), line: line + 1, column, suggestions: ['name'] } }
}

function rowsOf({ query }: Request, now: number): { columns: Schemas['SqlColumn'][]; rows: unknown[][] } {
  const random = seeded(5)
  const instant = (days: number) =>
    new Date(Math.floor(now / 86_400_000) * 86_400_000 - days * 86_400_000).toISOString().replace('.000Z', 'Z')
  if (query.includes('WHERE widget_id = $1')) {
    return {
      columns: columns('id:uuid event_type:text timestamp:timestamptz page_url:text metadata:json'),
      rows: CALL.map(([key, type, second, metadata]) => [
        key,
        type,
        new Date(Date.UTC(2026, 10, 21, 9, 0, second)).toISOString(),
        'https://coralferries.example/book',
        metadata,
      ]),
    }
  }
  if (query.includes('FROM users')) {
    return {
      columns: columns(
        'id:text email:text name:text registered_at:timestamptz properties:json sessions:bigint average:double_precision',
      ),
      rows: Array.from({ length: 2_500 }, (_, index) => [
        `u${index + 1}`,
        `person${index + 1}@coralferries.example`,
        index % 5 === 0 ? null : index % 7 === 0 ? '' : `Person ${index + 1}`,
        instant(index % 90),
        index % 3 === 0 ? '{"plan":"premium","tags":["a","b"]}' : '{}',
        Math.floor(random() * 20_000),
        random() * 40,
      ]),
    }
  }
  const countries = ['TZ', 'KE', 'UG']
  return {
    columns: columns('day:timestamptz country:text orders:bigint value:numeric(10,2)'),
    rows: Array.from({ length: 20 }, (_, day) =>
      countries.map((country) => [
        instant(20 - day),
        country,
        Math.round(20 + random() * 60),
        Math.round(random() * 900_000) / 100,
      ]),
    ).flat(),
  }
}
