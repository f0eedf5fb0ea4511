// Styles of recordings: what asks somebody is gone, what draws stays.
import { expect, test } from 'vitest'
import { isHarmless, sanitizeCss } from './css'

const IMAGE = 'data:image/png;base64,AAAA'

test.each([
  ['a{color:red}'],
  ['@media (max-width: 600px){.a > b::after{content:"\\""}}'.replace('\\"', 'x')],
  ['.a{background:url("data:image/png;base64,AAAA")}'],
  ['.a{fill:url("#gradient");width:calc((1px + 2px) * 3)}'],
  ['@font-face{font-family:"x";src:url("data:font/woff2;base64,AAAA")}'],
  [':root{--a:1px}.b\\:c{margin:var(--a)}'],
  ['@layer base{.a:is(.b,.c):not([d="e"]){inset:0}}'],
])('%s stays as it is', (css) => {
  expect(sanitizeCss(css)).toBe(css)
})

test.each([
  ['a{background:url(http://x/y)}', 'a{background:none}'],
  ['a{background:URL( "//x/y" ) red}', 'a{background:none red}'],
  ['a{background:\\75rl(http://x)}', 'a{background:none}'],
  ['a{background:u\\72 l("http://x")}', 'a{background:none}'],
  ['a{background:url(relative.png)}', 'a{background:none}'],
  ['a{background:url(data:text/html,x)}', 'a{background:none}'],
  ['a{background:url(\\68ttp://x)}', 'a{background:none}'],
  ['a{background:image-set("http://x" 1x, url(y) 2x)}', 'a{background:none}'],
  ['@import "http://x";a{}', '@media not all{}a{}'],
  ['@\\69mport url(http://x) screen;a{}', '@media not all{}a{}'],
  ['@IMPORT "a;b" layer(x);a{}', '@media not all{}a{}'],
  ['a{b:url(http://x', 'a{b:none}'],
  ['a{content:"x', 'a{content:"x"}'],
  ['/* x', '/**/'],
  ['a{)}', 'a{}'],
])('%s becomes %s', (css, safe) => {
  expect(sanitizeCss(css)).toBe(safe)
})

test('the marks between the texts of a style join what they part', () => {
  expect(sanitizeCss('a{b:ur/* rr_split */l(http://x)}')).toBe('a{b:none}')
})

test('a text that is sanitised once is not changed again', () => {
  for (const css of ['a{background:url(http://x)}@import "y";b{c:"\\"<"}', 'a{((((', `a{b:url(${IMAGE})}`])
    expect(sanitizeCss(sanitizeCss(css))).toBe(sanitizeCss(css))
})

/** How deep the brackets of a style are. */
function nesting(css: string): number {
  let [depth, most] = [0, 0]
  for (const char of css) {
    if ('({['.includes(char)) most = Math.max(most, ++depth)
    if (')}]'.includes(char)) depth--
  }
  return most
}

test.each(['a{', 'a{)', 'calc(', '[', 'a{(}', ':is(]'])('%s within itself ends somewhere', (piece) => {
  expect(nesting(sanitizeCss(piece.repeat(50_000)))).toBeLessThanOrEqual(65)
})

test('addresses within the address are harmless, all others ask somebody', () => {
  for (const address of [IMAGE, '#a', ' data:image/svg+xml,x', 'data:font/woff2;base64,x'])
    expect(isHarmless(address), address).toBe(true)
  for (const address of [
    'http://x',
    '//x',
    'x',
    '/x',
    'data:text/html,x',
    'data:text/css,x',
    'data:image/png+xml,x',
    'javascript:1',
    'blob:x',
    '',
  ])
    expect(isHarmless(address), address).toBe(false)
})
