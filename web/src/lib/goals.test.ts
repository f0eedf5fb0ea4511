// Goals in words.
import { expect, test } from 'vitest'
import { goalSentence } from './goals'

test('a goal is described by what visitors do', () => {
  const described = (kind: string, target = '') => goalSentence({ kind, target })
  expect(described('page', '/thanks')).toBe('Views /thanks')
  expect(described('page', '/rooms/*')).toBe('Views a page that begins with /rooms/')
  expect(described('page', '*')).toBe('Views any page')
  expect(described('click', '#call')).toBe('Clicks #call')
  expect(described('stage', 'Customer - Active')).toBe('Becomes Customer - Active')
  expect([described('order'), described('booking'), described('unheard of')]).toEqual([
    'Places an order',
    'Completes a booking',
    'unheard of',
  ])
})
