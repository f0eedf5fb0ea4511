// Colours: lightness that goes one way, and changes that mirror each other.
import { expect, test } from 'vitest'
import { alphaAt, changeFill, changeOf, colourAt, pixelsOf, positionOf } from './colours'

/** As the eye weighs the three colours. */
const lightness = ([red, green, blue]: readonly [number, number, number]) =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue

test.each([
  ['light', -1],
  ['dark', 1],
] as const)('on a %s page lightness alone says how many', (scheme, direction) => {
  const steps = Array.from({ length: 21 }, (_, step) => lightness(colourAt(step / 20, scheme)))
  const differences = steps.slice(1).map((value, index) => (value - (steps[index] ?? 0)) * direction)
  expect(Math.min(...differences)).toBeGreaterThan(1)
})

test('a quarter of the most stands in the middle of the scale', () => {
  expect([0, 25, 100, 400].map((value) => positionOf(value, 100))).toEqual([0, 0.5, 1, 1])
  expect(positionOf(3, 0)).toBe(0)
})

test('few events fade out, and from three tenths of the scale on all are as opaque', () => {
  expect([0, 0.15, 0.3, 1].map(alphaAt)).toEqual([0, 0.41, 0.82, 0.82])
})

test('the pixels of a map: none where nothing is, the end of the scale where most is', () => {
  const pixels = pixelsOf(new Float32Array([0, 100, 25]), 100, 'light')
  expect([...pixels.slice(0, 4)]).toEqual([0, 0, 0, 0])
  expect([...pixels.slice(4, 8)]).toEqual([58, 8, 64, 209])
  expect([...pixels.slice(8, 11)]).toEqual([...colourAt(0.5, 'light')])
})

test('half and twice as many change by the same, and few say nothing', () => {
  expect([changeOf(20, 10), changeOf(10, 20), changeOf(15, 15), changeOf(12, 0), changeOf(0, 12)]).toEqual([
    0.5, -0.5, 0, 1, -1,
  ])
  expect(changeOf(5, 4)).toBeUndefined()
  expect(changeFill(5, 4, 'light')).toBe('rgb(128 128 136 / 0.15)')
  // 0.12 + 0.6 × 0.5 = 0.42.
  expect(changeFill(20, 10, 'light')).toBe('rgb(205 84 0 / 0.42)')
  expect(changeFill(10, 20, 'dark')).toBe('rgb(104 170 240 / 0.42)')
})
