// Mentions in a comment: found while typing, and as parts to show.
import { expect, test } from 'vitest'
import { mentionedIn, partsOf, suggested, typedName, withName } from './mentions'

const MEMBERS = [
  { id: 'm1', name: 'Asha Mwinyi' },
  { id: 'm2', name: 'Asha' },
  { id: 'm3', name: 'Juma Zubeiri' },
]

test('a name is being typed behind an @ at the beginning of a word', () => {
  expect(typedName('Hello @As', 9)).toBe('As')
  expect(typedName('@', 1)).toBe('')
  expect(typedName('Hello @As', 5)).toBeNull()
  expect(typedName('ana@example.com', 15)).toBeNull()
  expect(typedName('@Asha\nnext', 10)).toBeNull()
})

test('members are suggested by any word of their names', () => {
  expect(suggested(MEMBERS, 'as').map(({ id }) => id)).toEqual(['m1', 'm2'])
  expect(suggested(MEMBERS, 'zub').map(({ id }) => id)).toEqual(['m3'])
  expect(suggested(MEMBERS, 'nobody')).toEqual([])
})

test('a chosen name takes the place of what was typed', () => {
  expect(withName('Ask @as today', 7, 'Asha Mwinyi')).toEqual({ text: 'Ask @Asha Mwinyi today', caret: 17 })
  expect(withName('@j', 2, 'Juma Zubeiri')).toEqual({ text: '@Juma Zubeiri ', caret: 14 })
})

test('the longest name counts, each member once, and nothing within words', () => {
  expect(mentionedIn('@Asha Mwinyi and @Asha, then @Asha Mwinyi', MEMBERS)).toEqual(['m1', 'm2'])
  expect(mentionedIn('@Ashanti, x@Asha, @Jumanji', MEMBERS)).toEqual([])
  expect(partsOf('Ask @Asha.', MEMBERS)).toEqual([
    { text: 'Ask ', memberId: null },
    { text: '@Asha', memberId: 'm2' },
    { text: '.', memberId: null },
  ])
})
