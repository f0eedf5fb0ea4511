// @vitest-environment jsdom
// Lengths by the height of the screen, in pixels, in styles of all kinds.
import { expect, test } from 'vitest'
import { inPixels, unfold } from './still'

const PHONE = { width: 390, height: 844 }

test('lengths by the height of the screen become pixels', () => {
  // 844 × 0.5 = 422; the smaller side is 390, the larger 844.
  expect(inPixels('50vh', PHONE)).toBe('422px')
  expect(inPixels('calc(100dvh - 56px)', PHONE)).toBe('calc(844px - 56px)')
  expect(inPixels('10vmin 10vmax .5svh 1LVB', PHONE)).toBe('39px 84.4px 4.2px 8.4px')
  expect(inPixels('-12.5vh', PHONE)).toBe('-105.5px')
})

test('what is no such length stays', () => {
  const others = [
    '100vw',
    '50%',
    'var(--a1vh)',
    '#10vh',
    'a10vh',
    '1.2.3',
    '10vhx',
    'auto',
    'url("data:image/png;base64,/5vh+")',
  ]
  expect(others.filter((value) => inPixels(value, PHONE) !== undefined)).toEqual([])
})

test('rules, rules within rules and styles of elements are fixed, also in a form whose field hides its style', () => {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const page = frame.contentDocument as Document
  page.head.innerHTML = '<style>main { min-height: 100vh !important } @media screen { p { height: 50vh } }</style>'
  page.body.innerHTML =
    '<form style="height: 10vh"><input name="style" style="width: 1vh"></form><div style="height: 25vh; color: red"></div>'
  expect(unfold(frame, PHONE)).toEqual({ width: 390, height: 844, isWhole: true })
  const [sheet] = page.styleSheets
  expect([...(sheet?.cssRules ?? [])].map(({ cssText }) => cssText).join(' ')).toMatch(
    /min-height: 844px[^]*height: 422px/,
  )
  expect(page.querySelector('form')?.getAttribute('style')).toBe('height: 84.4px;')
  expect(page.querySelector('div')?.getAttribute('style')).toBe('height: 211px; color: red;')
  expect(page.querySelector('input')?.getAttribute('style')).toBe('width: 8.4px;')
})
