// The figures of journeys as they are shown.
import { expect, test } from 'vitest'
import { endedText, journeySheet, markLevel, nextOf, nodeName, stepName } from './figures'

const node = (path: string | null, sessions: number, ended: number | null) => ({
  path,
  sessions,
  ended,
  friction_sessions: 0,
  converting_sessions: 0,
})

const ANSWER = {
  steps: [{ nodes: [node('/', 90, 10)] }, { nodes: [node('/a', 30, null), node(null, 50, null)] }],
  links: [
    { step: 0, from: 0, to: 0, sessions: 30 },
    { step: 0, from: 0, to: 1, sessions: 50 },
  ],
}

test('steps are named from where the journey starts', () => {
  expect([stepName(0, 'forward', undefined), stepName(0, 'forward', '/a'), stepName(1, 'forward', '/a')]).toEqual([
    'Entry page',
    'Start',
    'Step 2',
  ])
  expect([
    stepName(0, 'back', undefined),
    stepName(0, 'back', '/a'),
    stepName(1, 'back', undefined),
    stepName(2, 'back', undefined),
  ]).toEqual(['Exit page', 'End', '1 page before', '2 pages before'])
  expect([nodeName({ path: '/a' }), nodeName({ path: null })]).toEqual(['/a', 'Other pages'])
})

test('the loss at a node is a number and a share of its sessions, and unknown at the last step', () => {
  expect(endedText(node('/', 300, 40), 'forward')).toBe('40 left here (13.3%)')
  expect(endedText(node('/', 300, 0), 'back')).toBe('0 began here (0.0%)')
  expect(endedText(node('/', 300, null), 'forward')).toBeUndefined()
})

test('a mark grows with the share', () => {
  expect([
    markLevel(0, 100),
    markLevel(4, 100),
    markLevel(5, 100),
    markLevel(14, 100),
    markLevel(15, 100),
    markLevel(0, 0),
  ]).toEqual([0, 1, 2, 2, 3, 0])
})

test('the next pages of a node stand by their sessions', () => {
  expect(nextOf(ANSWER, 0, 0)).toEqual([
    { name: 'Other pages', sessions: 50, share: 50 / 90 },
    { name: '/a', sessions: 30, share: 30 / 90 },
  ])
  expect(nextOf(ANSWER, 1, 0)).toEqual([])
})

test('the table has every way and every loss, and adds up to the sessions of the first step', () => {
  const { header, rows } = journeySheet(ANSWER, 'forward', undefined)
  expect(header).toEqual(['Step', 'Page', 'Next page', 'Sessions'])
  expect(rows).toEqual([
    ['Entry page', '/', 'Other pages', 50],
    ['Entry page', '/', '/a', 30],
    ['Entry page', '/', '(left)', 10],
  ])
})
