// Known answers for time to interactive; times are milliseconds since navigation began.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createInteractive } from '../../src/signals/interactive'

type Task = [start: number, duration: number]

/** Entries that the browser has queued. */
let queued: object[]
let isDisconnected: boolean

class Observer {
  static supportedEntryTypes = ['longtask']
  observe(): void {}
  takeRecords(): object[] {
    return queued.splice(0)
  }
  disconnect(): void {
    isDisconnected = true
  }
}

let domRead = 0

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  isDisconnected = false
  queued = []
  domRead = 0
  vi.stubGlobal('PerformanceObserver', Observer)
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
  vi.spyOn(performance, 'getEntriesByType').mockImplementation(
    () => [{ domContentLoadedEventEnd: domRead }] as PerformanceNavigationTiming[],
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** What is told, and when, of a page that painted at `paint` and is looked at from `from` on. */
const measure = async (
  paint: number,
  tasks: Task[],
  from = paint,
): Promise<[value: number, at: number] | undefined> => {
  let told: [number, number] | undefined
  queued = []
  vi.setSystemTime(from)
  const { painted } = createInteractive(({ value }) => {
    told = [value, Date.now()]
  })
  painted({ value: paint })
  for (const [startTime, duration] of tasks) {
    // No timer fires while a task runs.
    await vi.advanceTimersByTimeAsync(Math.max(0, startTime - Date.now()))
    vi.setSystemTime(Math.max(startTime + duration, Date.now()))
    queued.push({ startTime, duration })
  }
  await vi.advanceTimersByTimeAsync(60_000)
  return told
}

describe('time to interactive', () => {
  it('is the first paint of a page without long tasks, known five seconds later', async () => {
    expect(await measure(800, [])).toEqual([800, 5800])
  })

  it('is not before the document was read', async () => {
    domRead = 1400
    expect(await measure(800, [])).toEqual([1400, 5800])
  })

  it('is the end of the last long task before the quiet', async () => {
    expect(
      await measure(800, [
        [900, 300],
        [4000, 200],
      ]),
    ).toEqual([4200, 9200])
  })

  it('ignores what came before the first paint, but not what it was painted in', async () => {
    expect(await measure(800, [[100, 500]])).toEqual([800, 5800])
    expect(await measure(800, [[700, 400]])).toEqual([1100, 6100])
  })

  it('ends with the first quiet window, whatever follows', async () => {
    expect(
      await measure(1000, [
        [1500, 100],
        [6600, 900],
      ]),
    ).toEqual([1600, 6600])
    // 4,999 ms are no window.
    expect(
      await measure(1000, [
        [1500, 100],
        [6599, 100],
      ]),
    ).toEqual([6699, 11_699])
  })

  it('is found in what is past when the script comes late', async () => {
    expect(
      await measure(
        1000,
        [
          [1200, 300],
          [9000, 2000],
        ],
        20_000,
      ),
    ).toEqual([1500, 25_000])
  })

  it('is told once, of the load and not of a return from the cache', async () => {
    const told: number[] = []
    const { painted, stop } = createInteractive(({ value }) => void told.push(value))
    painted({ value: 100 })
    painted({ value: 40 })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual([100])
    expect(isDisconnected).toBe(true)
    stop()
  })

  it('is not told of a page that is gone before, or by a browser that names no long tasks', async () => {
    const told: number[] = []
    const tell = ({ value }: { value: number }): void => void told.push(value)
    const left = createInteractive(tell)
    left.painted({ value: 100 })
    await vi.advanceTimersByTimeAsync(4_000)
    left.stop()
    vi.stubGlobal(
      'PerformanceObserver',
      class extends Observer {
        static override supportedEntryTypes = ['paint']
      },
    )
    createInteractive(tell).painted({ value: 100 })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual([])
  })
})
