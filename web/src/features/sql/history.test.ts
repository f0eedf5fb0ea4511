// @vitest-environment jsdom
// Statements on this device: how many, whose, and when they go.
import { beforeEach, expect, test } from 'vitest'
import { forgetMembers, recall, remember } from '../../lib/store'
import { MAX_PAST, type Past, readDraft, readHistory, withPast, writeDraft, writeHistory } from './history'

const ASHA = { memberId: 'm1', projectId: 'p1' }
const past = (statement: string): Past => ({ statement, at: '2026-11-21T12:00:00Z', rows: 3 })

beforeEach(() => localStorage.clear())

test('the latest stands first, each once, and the oldest go', () => {
  const history = withPast([past('a'), past('b')], past('b'))
  expect(history.map(({ statement }) => statement)).toEqual(['b', 'a'])
  const many = Array.from({ length: 60 }, (_, index) => past(String(index))).reduce<Past[]>(withPast, [])
  expect(many).toHaveLength(MAX_PAST)
  expect(many[0]?.statement).toBe('59')
  expect(withPast([], past('x'.repeat(20_001)))).toEqual([])
})

test('a history is read by its member in its project alone', () => {
  writeHistory(ASHA, [past('a')])
  expect(readHistory(ASHA)).toEqual([past('a')])
  expect(readHistory({ ...ASHA, memberId: 'm2' })).toEqual([])
  expect(readHistory({ ...ASHA, projectId: 'p2' })).toEqual([])
  writeHistory(ASHA, [])
  expect(localStorage).toHaveLength(0)
})

test('what cannot be read is no history', () => {
  for (const stored of ['', 'x', '{}', '[1,{"statement":1}]']) {
    remember('member.m1.p1.sql-history', stored)
    expect(readHistory(ASHA)).toEqual([])
  }
})

test('who signs out leaves nothing', () => {
  writeHistory(ASHA, [past('a')])
  writeDraft(ASHA, undefined, 'SELECT 1')
  writeDraft(ASHA, 'q1', '')
  remember('rail', 'collapsed')
  expect([readDraft(ASHA, undefined), readDraft(ASHA, 'q1')]).toEqual(['SELECT 1', ''])
  forgetMembers()
  expect(Object.keys(localStorage)).toEqual(['footfall.rail'])
  expect(recall('rail')).toBe('collapsed')
})
