// Lengths by the height of the screen, in pixels.
import { expect, test } from 'vitest'
import { inPixels } from './still'

const PHONE = { width: 390, height: 844 }

test('lengths by the height of the screen become pixels', () => {
  // 844 × 0.5 = 422; the smaller side is 390, the larger 844.
  expect(inPixels('50vh', PHONE)).toBe('422px')
  expect(inPixels('calc(100dvh - 56px)', PHONE)).toBe('calc(844px - 56px)')
  expect(inPixels('10vmin 10vmax .5svh 1LVB', PHONE)).toBe('39px 84.4px 4.2px 8.4px')
  expect(inPixels('-12.5vh', PHONE)).toBe('-105.5px')
})

test('what is no such length stays', () => {
  const others = ['100vw', '50%', 'var(--a1vh)', '#10vh', 'a10vh', '1.2.3', '10vhx', 'auto', 'url("data:image/png;base64,/5vh+")']
  expect(others.filter((value) => inPixels(value, PHONE) !== undefined)).toEqual([])
})
