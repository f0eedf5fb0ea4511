// Cells, rests and points on a page, worked by hand.
import { expect, test } from 'vitest'
import { areasOf, guessedHeight, pointsOn, SIGMA, spotsOf } from './place'

const BUTTON = { x: 100, y: 200, width: 320, height: 64 }

test('a cell lies in its element’s box, wherever that is on this page', () => {
  const cells = [
    { element: 0, x: 0, y: 0, events: 3 },
    { element: 0, x: 31, y: 16, events: 5 },
  ]
  // A cell is 10 × 2 px: middles at 100 + 5 and 200 + 1, and at 100 + 315 and 200 + 33.
  const [first, second] = spotsOf(cells, [BUTTON])
  expect(first).toMatchObject({ x: 105, y: 201, events: 3 })
  expect(second).toMatchObject({ x: 415, y: 233, events: 5 })
  // The same cells on a phone, where the button is 160 × 96 at the left: cells of 5 × 3 px.
  expect(spotsOf(cells, [{ x: 0, y: 0, width: 160, height: 96 }])[1]).toMatchObject({ x: 157.5, y: 49.5 })
})

test('a cell is drawn as wide as it is uncertain', () => {
  // Within 10 px anywhere: √(200 + 100 / 12) = 14.434; within 2 px: √(200 + 4 / 12) = 14.154.
  const [spot] = spotsOf([{ element: 0, x: 4, y: 4, events: 1 }], [BUTTON])
  expect(spot?.sigmaX).toBeCloseTo(14.434, 3)
  expect(spot?.sigmaY).toBeCloseTo(14.154, 3)
  // Cells of 400 px would be as wide as the page: three times the brush at most.
  expect(
    spotsOf([{ element: 0, x: 4, y: 4, events: 1 }], [{ x: 0, y: 0, width: 12_800, height: 32 }])[0]?.sigmaX,
  ).toBeCloseTo(3 * SIGMA, 6)
})

test('cells of elements that are not on the page are left out', () => {
  expect(
    spotsOf(
      [
        { element: 1, x: 0, y: 0, events: 3 },
        { element: 7, x: 0, y: 0, events: 3 },
      ],
      [BUTTON, null],
    ),
  ).toEqual([])
})

test('events of an element that no cell has lie somewhere in its box', () => {
  const elements = [{ events: 10 }, { events: 4 }, { events: 6 }]
  const cells = [
    { element: 0, x: 1, y: 1, events: 3 },
    { element: 0, x: 2, y: 1, events: 4 },
    { element: 2, x: 0, y: 0, events: 6 },
  ]
  // 10 - 7 = 3 of the first; the second is not on this page; of the third none are left.
  expect(areasOf(elements, cells, [BUTTON, null, BUTTON])).toEqual([{ ...BUTTON, events: 3 }])
})

test('points lie at their share of the width, and not below the page', () => {
  const points = [
    { x: 0.355, y: 1_240, events: 3 },
    { x: 0.5, y: 2_408, events: 1 },
  ]
  // 0.355 × 400 = 142.
  expect(pointsOn(points, { width: 400, height: 2_400 })).toEqual([
    { x: 142, y: 1_240, sigmaX: SIGMA, sigmaY: SIGMA, events: 3 },
  ])
})

test('an unseen page is as high as its lowest event, and a screen at least', () => {
  expect(
    guessedHeight(
      [
        { x: 0, y: 1_880, events: 1 },
        { x: 0, y: 40, events: 1 },
      ],
      390,
    ),
  ).toBe(2_000)
  expect(guessedHeight([], 390)).toBe(702)
  expect(guessedHeight([], 1_440)).toBe(1_008)
  expect(guessedHeight([{ x: 0, y: 9_000_000, events: 1 }], 390)).toBe(30_000)
})
