// Names and keys of elements and errors with friction.
import { expect, test } from 'vitest'
import { frictionKey, frictionName, isErrorItem, keyFilter } from './frictionItem'

const element = { element_selector: '#pay', element_text: ' Pay now ' }
const error = { error_group: 'v1:ab', error_message: 'x is undefined' }

test('an entry is known by its element or its error group', () => {
  expect([element, error, {}].map(frictionKey)).toEqual(['#pay', 'v1:ab', 'none'])
})

test('an entry is called by what people see', () => {
  const wordless = { ...element, element_text: '  ' }
  expect([element, wordless, error, { error_group: 'v1:ab' }, {}].map(frictionName)).toEqual([
    'Pay now',
    '#pay',
    'x is undefined',
    'Error without a message',
    'No specific element',
  ])
})

test('an element that throws is an element', () => {
  expect([{ ...element, ...error }, error, element].map(isErrorItem)).toEqual([false, true, false])
  expect(frictionName({ ...element, ...error })).toBe('Pay now')
})

test('a key asks for its entry', () => {
  expect([keyFilter('#pay'), keyFilter('v1:0af9'), keyFilter('v1:hover')]).toEqual([
    { selector: '#pay' },
    { error_group: 'v1:0af9' },
    { selector: 'v1:hover' },
  ])
})
