// Every name that the server's sources and API document know has a label of its own.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  asSentence,
  estimateNote,
  eventLabel,
  KIND_NAMES,
  kindHelp,
  kindLabel,
  messageOf,
  REASON_NAMES,
  reasonLabel,
  sentence,
} from './words'

const root = new URL('../../../', import.meta.url)
const source = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** The string literals in the part of a source from `start` to `end`. */
function namesIn(path: string, start: string, end: string, name = /"([a-z_]+(?:\.[a-z_]+)?)"/g): string[] {
  const text = source(path)
  const from = text.indexOf(start)
  expect(from, `${path}: ${start}`).toBeGreaterThan(-1)
  const names = [...text.slice(from, text.indexOf(end, from + start.length)).matchAll(name)].map(
    (match) => match[1] ?? '',
  )
  expect(names.length, `${path}: ${start}`).toBeGreaterThan(0)
  return names
}

const EVENT_NAMES = [
  ...namesIn('crates/domain/src/friction.rs', 'fn as_str', 'fn parse'),
  ...namesIn('crates/domain/src/widget.rs', 'pub const CALL_START', '];'),
  ...namesIn(
    'crates/domain/src/crm/defaults.rs',
    'impl Default for RuleSet',
    'abandon_after_minutes',
    /on\("([a-z_]+\.[a-z_]+)"\)/g,
  ),
  ...namesIn('crates/domain/src/crm/fact.rs', 'pub fn name(', '\n}'),
  ...namesIn('crates/domain/src/customer_fact.rs', '"order.placed"', '_ =>', /"([a-z]+\.[a-z_]+)" =>/g),
  ...namesIn('crates/domain/src/score/weights.rs', 'pub fn of(', 'name if'),
  ...namesIn('crates/domain/src/webhook/kind.rs', 'fn as_str', 'fn parse'),
  ...namesIn('crates/domain/src/webhook/mod.rs', 'TEST_KIND', ';'),
  ...namesIn('crates/api/src/ingest/friction/item.rs', 'PERFORMANCE_NAME', ';'),
  ...namesIn('crates/api/src/ingest/friction/item.rs', 'let has_place', '_ =>'),
]

test.each([...new Set([...EVENT_NAMES, 'session.started', 'session.ended'])])('the event %s has a label', (name) => {
  expect(eventLabel(name)).toMatch(/^[A-Z][A-Za-z ]+$/)
})

test('the kinds of friction are those of the server, each with a label and a help text', () => {
  const kinds = namesIn('crates/domain/src/friction.rs', 'fn as_str', 'fn parse')
  expect([...KIND_NAMES].sort()).toEqual(kinds.sort())
  expect(kinds.filter((kind) => kindHelp(kind) === '' || kindLabel(kind).includes('_'))).toEqual([])
})

test('every reason of a rejection has a label', () => {
  expect([...REASON_NAMES].sort()).toEqual(namesIn('crates/domain/src/outcome.rs', 'Self::Unparseable =>', '}').sort())
  expect(REASON_NAMES.map(reasonLabel).filter((label) => !/^[A-Z][A-Za-z0-9 ]+$/.test(label))).toEqual([])
})

test('an item of any name may be viewed, and a name of the project’s own is shown as it is', () => {
  expect(eventLabel('vehicle.viewed')).toBe('Vehicle viewed')
  expect(eventLabel('rental_car.viewed')).toBe('Rental car viewed')
  expect(['Loyalty_Card', 'quiz.finished', ''].map(eventLabel)).toEqual(['Loyalty_Card', 'quiz.finished', ''])
})

test('identifiers become sentences', () => {
  expect(sentence('some_identifier')).toBe('Some identifier')
})

test('a message of the server becomes a sentence', () => {
  const messages = ['wrong e-mail address or password', 'Too short.', 'key_name is required', 'url: not https', '']
  expect(messages.map(asSentence)).toEqual([
    'Wrong e-mail address or password.',
    'Too short.',
    'key_name is required.',
    'url: not https.',
    '',
  ])
})

test('a message under its field does not repeat the name of the field', () => {
  expect(messageOf('allowed_domains', 'allowed_domains: "*" is not a domain.')).toBe('"*" is not a domain.')
  expect(messageOf('email', 'Email must be an address.')).toBe('Must be an address.')
  expect(messageOf('name', 'names must differ')).toBe('Names must differ.')
})

test('an exact count has no note', () => {
  expect(estimateNote(0)).toBe('')
  expect(estimateNote(0.0217)).toContain('±2.2%')
})
