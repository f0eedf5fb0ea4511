// The layout of a journey, worked by hand.
import { expect, test } from 'vitest'
import { bandPath, layoutOf, touches } from './layout'

const node = (path: string | null, sessions: number, ended: number | null) => ({
  path,
  sessions,
  ended,
  friction_sessions: 0,
  converting_sessions: 0,
})

/** Of 100 sessions on "/" 60 go to "/a", 25 to "/b" and 15 end; of these 85, 20 of "/a" and 5 of "/b" go on to "/c". */
const ANSWER = {
  sessions: 100,
  steps: [
    { nodes: [node('/', 100, 15)] },
    { nodes: [node('/a', 60, 40), node('/b', 25, 20)] },
    { nodes: [node('/c', 25, null)] },
  ],
  // Out of order, as nothing promises one.
  links: [
    { step: 1, from: 1, to: 0, sessions: 5 },
    { step: 0, from: 0, to: 1, sessions: 25 },
    { step: 0, from: 0, to: 0, sessions: 60 },
    { step: 1, from: 0, to: 0, sessions: 20 },
  ],
}

/** Two pixels for each session. */
const SIZES = { whole: 200, label: 60, gap: 10 }

test('bars are as high as their sessions, and a node at least as its label', () => {
  const { nodes, height, columns } = layoutOf(ANSWER, 'forward', SIZES)
  expect(nodes).toEqual([
    { step: 0, index: 0, column: 0, top: 0, height: 200, slot: 200, ended: 30 },
    { step: 1, index: 0, column: 1, top: 0, height: 120, slot: 120, ended: 80 },
    { step: 1, index: 1, column: 1, top: 130, height: 50, slot: 60, ended: 40 },
    { step: 2, index: 0, column: 2, top: 0, height: 50, slot: 60, ended: 0 },
  ])
  expect([columns, height]).toEqual([3, 200])
})

test('bands fill a bar from its top, in the order of the nodes they lead to and come from', () => {
  expect(layoutOf(ANSWER, 'forward', SIZES).bands).toEqual([
    { step: 0, from: 0, to: 0, sessions: 60, height: 120, column: 0, left: 0, right: 0 },
    { step: 0, from: 0, to: 1, sessions: 25, height: 50, column: 0, left: 120, right: 130 },
    { step: 1, from: 0, to: 0, sessions: 20, height: 40, column: 1, left: 0, right: 0 },
    { step: 1, from: 1, to: 0, sessions: 5, height: 10, column: 1, left: 130, right: 40 },
  ])
})

test('what leaves a node and what ends there fill its bar', () => {
  const { nodes, bands } = layoutOf(ANSWER, 'forward', SIZES)
  for (const { step, index, height, ended } of nodes.filter((placed) => placed.step < 2)) {
    expect(
      bands.filter((band) => band.step === step && band.from === index).reduce((sum, band) => sum + band.height, ended),
    ).toBe(height)
  }
})

test('back, the end stands at the right and the bands lead to it', () => {
  const { nodes, bands } = layoutOf(ANSWER, 'back', SIZES)
  expect(nodes.map(({ column }) => column)).toEqual([2, 1, 1, 0])
  expect(bands[1]).toEqual({ step: 0, from: 0, to: 1, sessions: 25, height: 50, column: 1, left: 130, right: 120 })
  expect(bands[3]).toEqual({ step: 1, from: 1, to: 0, sessions: 5, height: 10, column: 0, left: 40, right: 130 })
})

test('no session takes no place, and links to nodes that are not there are left out', () => {
  expect(
    layoutOf(
      { sessions: 0, steps: [{ nodes: [] }], links: [{ step: 0, from: 0, to: 0, sessions: 1 }] },
      'forward',
      SIZES,
    ),
  ).toEqual({ columns: 1, height: 0, nodes: [], bands: [] })
})

test('the outline of a band goes along its upper edge and back along its lower', () => {
  expect(bandPath({ step: 1, from: 0, to: 0, sessions: 5, height: 10, column: 1, left: 130, right: 40 }, 100)).toBe(
    'M100 130C150 130 150 40 200 40L200 50C150 50 150 140 100 140Z',
  )
})

test('a node is touched by the bands that arrive and leave, and by no others', () => {
  const { bands } = layoutOf(ANSWER, 'forward', SIZES)
  expect(
    bands.filter((band) => touches(band, { step: 1, index: 1 })).map(({ step, from, to }) => [step, from, to]),
  ).toEqual([
    [0, 0, 1],
    [1, 1, 0],
  ])
})
