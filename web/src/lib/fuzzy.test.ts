// What a few letters mean, and what is meant first.
import { expect, test } from 'vitest'
import { fuzzyMatch } from './fuzzy'

function ranked(query: string, texts: string[]): string[] {
  const found = texts.map((text) => ({ text, match: fuzzyMatch(query, text) })).filter(({ match }) => match !== null)
  return found.sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0)).map(({ text }) => text)
}

const PAGES = [
  'Overview',
  'Acquisition',
  'Friction',
  'Sessions',
  'Journeys',
  'Funnels',
  'Heatmaps',
  'Performance',
  'Events',
  'Recordings',
  'SQL',
  'Contacts',
  'Tasks',
  'Customers',
  'Lead scores',
  'Interests',
  'Calls and billing',
  'Project settings',
  'API keys',
  'Tracker',
  'CRM rules',
  'Webhooks',
  'Team',
  'Privacy',
]

test('the page that is meant comes first', () => {
  for (const [query, page] of [
    ['ov', 'Overview'],
    ['fr', 'Friction'],
    ['ls', 'Lead scores'],
    ['ps', 'Project settings'],
    ['set', 'Project settings'],
    ['keys', 'API keys'],
    ['bill', 'Calls and billing'],
    ['CRM', 'CRM rules'],
    ['heat maps', 'Heatmaps'],
    ['funels', 'Funnels'],
  ] as const) {
    expect(ranked(query, PAGES)[0], query).toBe(page)
  }
})

test('letters count in their order, without case and accents', () => {
  expect(fuzzyMatch('wvo', 'Overview')).toBeNull()
  expect(fuzzyMatch('zoe', 'Zoë Müller')?.places).toEqual([0, 1, 2])
  expect(fuzzyMatch('ZM', 'Zoë Müller')?.places).toEqual([0, 4])
  expect(fuzzyMatch('overviews', 'Overview')).toBeNull()
  expect(fuzzyMatch('x', '')).toBeNull()
})

test('nothing matches everything alike', () => {
  expect(fuzzyMatch('  ', 'Overview')).toEqual({ score: 0, places: [] })
})

test('beginnings of words win over letters within, and whole runs over scattered ones', () => {
  expect(ranked('co', ['Discover', 'Contacts'])).toEqual(['Contacts', 'Discover'])
  expect(ranked('task', ['Take a sketch', 'Tasks'])).toEqual(['Tasks', 'Take a sketch'])
  expect(ranked('so', ['Orders somewhere', 'Parson'])).toEqual(['Orders somewhere', 'Parson'])
})

test('surrogates and long texts do not disturb the places', () => {
  expect(fuzzyMatch('b', '😀 b')?.places).toEqual([3])
  const long = `${'a'.repeat(5_000)}b`
  expect(fuzzyMatch('ab', long)?.places.at(-1)).toBe(5_000)
})
