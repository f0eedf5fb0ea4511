// The stack of an error: its lines with their calls resolved.
import { expect, test } from 'vitest'
import type { ErrorDetail } from './api'
import { resolvedLines, topCall } from './stackLines'

const sent = (name: string, is_in_app = true) => ({
  text: `at ${name}`,
  frame: { function: name, file: 'app.js', location: 'https://a.test/app.js', line: 1, column: 9, is_in_app },
})
const resolved = (name: string, is_in_app = true) => ({
  function: name,
  file: 'src/cart.ts',
  line: 5,
  column: 26,
  is_in_app,
  script: 'https://a.test/app.js',
  has_source_map: true,
  is_resolved: true,
  source_context: { before: [], line: 'throw x', after: ['}'] },
})

const error: Pick<ErrorDetail, 'stack_lines' | 'frames'> = {
  stack_lines: [
    { text: 'TypeError: x', frame: null },
    sent('map', false),
    sent('n'),
    { text: 'Caused by: y', frame: null },
    sent('o'),
  ],
  frames: [resolved('map', false), resolved('totalOf'), resolved('priceOf')],
}

test('each call is the resolved one, and messages stay between them', () => {
  const lines = resolvedLines(error)
  expect(lines.map(({ text, frame }) => frame?.function ?? text)).toEqual([
    'TypeError: x',
    'map',
    'totalOf',
    'Caused by: y',
    'priceOf',
  ])
  expect(lines[2]?.frame).toMatchObject({ file: 'src/cart.ts', line: 5, location: 'https://a.test/app.js' })
})

test('without resolved calls those that were sent are shown', () => {
  expect(resolvedLines({ ...error, frames: [] })[2]?.frame).toMatchObject({ file: 'app.js', is_resolved: false })
})

test('the top call is the first of the site itself', () => {
  expect(topCall(error)?.function).toBe('totalOf')
  expect(topCall({ stack_lines: error.stack_lines.slice(0, 2), frames: [] })).toBeUndefined()
})
