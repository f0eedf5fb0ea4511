// Steps: how an address spells them, how they are edited, and what the API is asked for them.
import { expect, test } from 'vitest'
import {
  areComplete,
  emptyStep,
  KINDS,
  parseSteps,
  type Step,
  stepLabel,
  stepRequest,
  stepsText,
  typedPath,
  withMoved,
  withNewStep,
  withoutStep,
  withStep,
} from './steps'

const PAGE: Step = { kind: 'page', value: '/' }
const FUNNEL: Step[] = [PAGE, { kind: 'page', value: '/booking*' }, { kind: 'order' }]

test('steps are spelled shortly and read back', () => {
  expect(stepsText(FUNNEL)).toBe('page:/|page:/booking*|order')
  expect(parseSteps('page:/|page:/booking*|order')).toEqual(FUNNEL)
})

test('what separates steps and their parts may be in a value', () => {
  const steps: Step[] = [
    { kind: 'click', value: 'ul > li:nth-child(2)|a[lang|="en"]', path: '/a:b|c' },
    { kind: 'event', value: '100%|done:%7C', path: '' },
    { kind: 'page', value: '/straße?x=1&y=%20' },
    { kind: 'stage', value: 'Lead: warm|cold' },
    { kind: 'booking' },
  ]
  const text = stepsText(steps)
  expect(text).toBe(
    'click:ul > li%3Anth-child(2)%7Ca[lang%7C="en"]:/a%3Ab%7Cc|event:100%25%7Cdone%3A%257C|page:/straße?x=1&y=%2520|stage:Lead%3A warm%7Ccold|booking',
  )
  expect(parseSteps(text)).toEqual(steps)
})

test('steps that are still to be filled in are kept', () => {
  for (const kind of KINDS) {
    const steps = [PAGE, emptyStep(kind)]
    expect(parseSteps(stepsText(steps))).toEqual(steps)
    expect(areComplete(steps)).toBe(kind === 'order' || kind === 'booking')
  }
})

test.each([
  '',
  'page:/',
  'page:/|',
  '|page:/',
  'page:/|page',
  'page:/|nonsense:x',
  'page:/|Page:/',
  'page:/|page:/:/b',
  'page:/|event:a:',
  'page:/|event:a:/b:/c',
  'page:/|order:',
  'page:/|order:1',
  'page:/|page:%',
  'page:/|event:a:%zz',
  `page:/${'|order'.repeat(8)}`,
  12,
  null,
  ['page:/', 'order'],
])('a funnel with a step that cannot be read is none: %j', (text) => expect(parseSteps(text)).toEqual([]))

test('a funnel has at most eight steps', () => {
  const eight = parseSteps(`page:/${'|order'.repeat(7)}`)
  expect(eight).toHaveLength(8)
  expect(withNewStep(eight)).toEqual(eight)
})

test('the API is asked with the label that it answers', () => {
  expect(stepRequest(PAGE)).toEqual({ page: '/', label: '/' })
  expect(stepRequest({ kind: 'event', value: 'search', path: '' })).toEqual({ event: 'search', label: 'Search' })
  expect(stepRequest({ kind: 'click', value: '#pay', path: '/checkout' })).toEqual({
    click: '#pay',
    path: '/checkout',
    label: 'Click on #pay on /checkout',
  })
  expect(stepRequest({ kind: 'stage', value: 'Customer - Active' })).toEqual({
    stage: 'Customer - Active',
    label: 'Becomes Customer - Active',
  })
  expect(stepRequest({ kind: 'booking' })).toEqual({ outcome: 'booking', label: 'Booking' })
  expect(stepLabel({ kind: 'page', value: `/${'x'.repeat(3_000)}` })).toHaveLength(200)
})

test('steps are replaced, added, removed and moved', () => {
  expect(stepsText(withStep(FUNNEL, 1, emptyStep('event')))).toBe('page:/|event:|order')
  expect(stepsText(withNewStep(FUNNEL))).toBe('page:/|page:/booking*|page:|order')
  expect(stepsText(withNewStep(FUNNEL.slice(0, 2)))).toBe('page:/|page:/booking*|page:')
  expect(stepsText(withoutStep(FUNNEL, 1))).toBe('page:/|order')
  expect(withoutStep(FUNNEL.slice(0, 2), 1)).toHaveLength(2)
  expect(stepsText(withMoved(FUNNEL, 2, -1))).toBe('page:/|order|page:/booking*')
  expect(stepsText(withMoved(FUNNEL, 0, 1))).toBe('page:/booking*|page:/|order')
  expect([withMoved(FUNNEL, 0, -1), withMoved(FUNNEL, 2, 1)]).toEqual([FUNNEL, FUNNEL])
})

test('a pasted address becomes its path', () => {
  expect([typedPath(' https://shop.example/rooms/4?x=1 '), typedPath('/rooms/*'), typedPath('rooms')]).toEqual([
    '/rooms/4',
    '/rooms/*',
    'rooms',
  ])
})
