// Stacks: how calls are named, and which scripts lack a source map.
import { expect, test } from 'vitest'
import { foreignLabel, placeName, scriptName, scriptsWithoutMap } from './stackFrames'

test('a place is its file with line and column, or its address', () => {
  expect(placeName({ file: 'src/cart.ts', location: 'https://a.test/app.js', line: 5, column: 26 })).toBe(
    'src/cart.ts:5:26',
  )
  expect(placeName({ file: 'app.js', line: 1, column: null })).toBe('app.js:1')
  expect(placeName({ file: '', location: '<anonymous>' })).toBe('<anonymous>')
})

test('what is not of the site is of an extension or the browser', () => {
  expect(foreignLabel({ location: 'moz-extension://a/b.js' })).toBe('extension')
  expect(foreignLabel({ location: 'native code' })).toBe('browser')
  expect(foreignLabel({})).toBe('browser')
})

test('scripts without a source map are named once, and only those of the site', () => {
  const frame = (script: string | null, has_source_map = false, is_in_app = true) => ({
    script,
    has_source_map,
    is_in_app,
  })
  expect(
    scriptsWithoutMap([
      frame('https://a.test/b.js'),
      frame('https://a.test/a.js', true),
      frame('https://a.test/b.js'),
      frame(null),
      frame('https://a.test/c.js', false, false),
      frame('https://a.test/d.js'),
    ]),
  ).toEqual(['https://a.test/b.js', 'https://a.test/d.js'])
  expect(scriptName('https://a.test/assets/b.js')).toBe('b.js')
  expect(scriptName('https://a.test/')).toBe('https://a.test/')
})
