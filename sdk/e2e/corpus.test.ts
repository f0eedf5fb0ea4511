// How well the click signals tell friction from the rest, on pages made for it.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SAMPLES } from './pages/corpus'
import { click, type Sample } from './pages/sample'
import { concludeSlowly, launch, newContext, open } from './support/browser'
import { type Collector, pageWith, type Received, startCollector } from './support/collector'

const JUDGED = ['rage_click', 'dead_click', 'slow_click', 'error_click']
const MIN_PRECISION = 1
const MIN_RECALL = 0.97

let browser: Browser
let collector: Collector
beforeAll(async () => {
  ;[browser, collector] = await Promise.all([launch(), startCollector()])
})
afterAll(async () => {
  await browser.close()
  await collector.stop()
})

/** What was reported on one page, all verdicts given. Its key tells its events from those of other pages. */
const visit = async ({ html, action = click() }: Sample, key: string): Promise<string[]> => {
  const path = `/${key}/`
  collector.pages[path] = pageWith(collector.origin, html, { key })
  collector.pages[`${path}next`] = pageWith(collector.origin, '<h1>Next</h1>', { key })
  const context = await newContext(browser)
  const { page } = await open(context, `${collector.pageOrigin}${path}`)
  await action(page)
  await concludeSlowly(page)
  const reported = (): Received[] => collector.events(key).filter(({ type }) => type === 'friction')
  await collector.waitFor(() => reported().some(({ error_message }) => !!error_message?.includes('sentinel')))
  await context.close()
  return reported().flatMap(({ event_type }) => JUDGED.filter((name) => name === event_type))
}

/** One after the other, by some at a time: loading a page is mostly waiting. */
const visitAll = async (samples: Sample[]): Promise<[Sample, string[]][]> => {
  const results: [Sample, string[]][] = []
  const rest = samples.entries()
  const work = async (): Promise<void> => {
    for (const [index, sample] of rest) {
      // A page that cannot be visited counts as wrong, by what went wrong.
      const names = await visit(sample, `fk_${index}`).catch((error: Error) => [error.message.slice(0, 200)])
      results.push([sample, names])
    }
  }
  await Promise.all([work(), work(), work()])
  return results
}

it(`tells friction from the rest on ${SAMPLES.length} pages`, async () => {
  const wrong: string[] = []
  const counts = { right: 0, invented: 0, missed: 0 }
  for (const [sample, names] of await visitAll(SAMPLES)) {
    const missed = [...sample.signals] as string[]
    const invented: string[] = []
    for (const name of names) {
      const index = missed.indexOf(name)
      if (index < 0) invented.push(name)
      else missed.splice(index, 1)
    }
    counts.right += sample.signals.length - missed.length
    counts.invented += invented.length
    counts.missed += missed.length
    if (invented[0] || missed[0]) wrong.push(`${sample.name}: invented [${invented}], missed [${missed}]`)
  }
  const precision = counts.right / (counts.right + counts.invented)
  const recall = counts.right / (counts.right + counts.missed)
  const quiet = SAMPLES.filter(({ signals }) => !signals[0]).length
  console.info(
    `${SAMPLES.length} pages, ${quiet} without friction: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
  )
  for (const line of wrong) console.info(line)
  expect(quiet).toBeGreaterThanOrEqual(SAMPLES.length / 2)
  expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(MIN_PRECISION)
  expect(recall, wrong.join('\n')).toBeGreaterThanOrEqual(MIN_RECALL)
}, 600_000)
