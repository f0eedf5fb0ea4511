// The search from a visit to the next one with the same friction.
import { expect, test } from 'vitest'
import type { Recording, SessionEvent } from './api'
import type { Friction } from './search'
import { nextVisit, type VisitQuestions } from './visitSearch'

const START = Date.parse('2026-11-24T12:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString()
const PAY: Friction = { friction_kind: 'rage_click', selector: '#pay' }
const place = (nth: number) => ({ session_id: `s${nth}`, started_at: at(-nth * 600) })
const never = new AbortController().signal

/** Visits 0, 1, 2 … begin ten minutes before one another, in pages of three; each has a rage click after 30 s, which only some recordings show. */
function ask(count: number, isShown: (nth: number) => boolean): VisitQuestions & { looked: string[] } {
  const looked: string[] = []
  const all = Array.from({ length: count }, (_, nth) => place(nth))
  const startOf = (id: string) => -Number(id.slice(1)) * 600
  return {
    looked,
    visits: (cursor) => {
      const start = Number(cursor ?? 0)
      return Promise.resolve({
        sessions: all.slice(start, start + 3),
        next_cursor: start + 3 < count ? String(start + 3) : null,
      })
    },
    recordings: (id) => {
      looked.push(id)
      return Promise.resolve([
        {
          id: `r-${id}`,
          started_at: at(startOf(id)),
          duration_seconds: isShown(Number(id.slice(1))) ? 60 : 10,
        } as Recording,
      ])
    },
    events: (id) =>
      Promise.resolve([
        {
          id: `e-${id}`,
          occurred_at: at(startOf(id) + 30),
          category: 'friction',
          name: 'rage_click',
          element_selector: '#pay',
        } as SessionEvent,
      ]),
  }
}

test('each visit leads to the one before it, over pages and past those that no recording shows, and none comes again', async () => {
  const questions = ask(10, (nth) => nth % 2 === 0)
  const visited = [0]
  for (let from = 0; ; ) {
    const found = await nextVisit(questions, PAY, place(from), never)
    if (found.is !== 'found') break
    expect(found.seconds).toBe(27)
    visited.push((from = Number(found.recordingId.slice(3))))
  }
  expect(visited).toEqual([0, 2, 4, 6, 8])
})

test('after the last visit there is none', async () => {
  expect(
    await nextVisit(
      ask(4, () => true),
      PAY,
      place(3),
      never,
    ),
  ).toEqual({ is: 'none' })
  expect(
    await nextVisit(
      ask(0, () => true),
      PAY,
      place(3),
      never,
    ),
  ).toEqual({ is: 'none' })
})

test('visits that no recording shows are counted', async () => {
  expect(
    await nextVisit(
      ask(4, () => false),
      PAY,
      place(1),
      never,
    ),
  ).toEqual({ is: 'unseen', looked: { count: 2, last: place(3) }, hasMore: false })
})

test('the search pauses after 20 visits, and goes on from there when asked to', async () => {
  const questions = ask(30, (nth) => nth === 25)
  const found = await nextVisit(questions, PAY, place(0), never)
  expect(found).toEqual({ is: 'unseen', looked: { count: 20, last: place(20) }, hasMore: true })
  if (found.is !== 'unseen') throw new Error('unseen')
  expect(await nextVisit(questions, PAY, place(0), never, found.looked)).toEqual({
    is: 'found',
    recordingId: 'r-s25',
    seconds: 27,
  })
  expect(questions.looked).toEqual(Array.from({ length: 25 }, (_, nth) => `s${nth + 1}`))
})

test('a search that nobody waits for stops, and a failure ends it', async () => {
  const stop = new AbortController()
  stop.abort()
  const questions = ask(4, () => true)
  await expect(nextVisit(questions, PAY, place(0), stop.signal)).rejects.toThrow()
  expect(questions.looked).toEqual([])
  await expect(
    nextVisit({ ...questions, events: () => Promise.reject(new Error('unreachable')) }, PAY, place(0), never),
  ).rejects.toThrow('unreachable')
})
