// How well the click signals tell friction from the rest, on pages made for it.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { SAMPLES } from './pages/corpus'
import { click, type Sample } from './pages/sample'
import { concludeSlowly, newContext, ready } from './support/browser'
import { pageWith, type Received } from './support/collector'
import { stage } from './support/stage'

const JUDGED = ['rage_click', 'dead_click', 'slow_click', 'error_click']
/** All pages are told rightly, but media tell of their changes late on a machine that is very busy. */
const MIN_PRECISION = 0.97
const MIN_RECALL = 0.97

const { browser, collector } = await stage()

/** What was reported on one page, all verdicts given. Its key tells its events from those of other pages. */
const visit = async (page: Page, { html, action = click() }: Sample, key: string): Promise<string[]> => {
  const path = `/${key}/`
  collector.pages[path] = pageWith(collector.origin, html, { key })
  collector.pages[`${path}next`] = pageWith(collector.origin, '<h1>Next</h1>', { key })
  await page.goto(`${collector.pageOrigin}${path}`)
  await ready(page)
  // The page's time stands still while its visitor acts: a busy machine makes nobody click more slowly.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000)
  await action(page)
  await concludeSlowly(page)
  await page.clock.resume()
  const reported = (): Received[] => collector.events(key).filter(({ type }) => type === 'friction')
  await collector.waitFor(() => reported().some(({ error_message }) => !!error_message?.includes('sentinel')))
  return reported().flatMap(({ event_type }) => JUDGED.filter((name) => name === event_type))
}

/** One after the other in one tab, by some tabs at a time: loading a page is mostly waiting. */
const visitAll = async (samples: Sample[]): Promise<[Sample, string[]][]> => {
  const results: [Sample, string[]][] = []
  const rest = samples.entries()
  const work = async (): Promise<void> => {
    const context = await newContext(browser)
    const page = await context.newPage()
    await page.clock.install()
    for (const [index, sample] of rest) {
      // A page that cannot be visited counts as wrong, by what went wrong.
      if (process.env['PROGRESS']) process.stderr.write(`… ${sample.name}\n`)
      const names = await visit(page, sample, `fk_${index}`).catch((error: Error) => [error.message.slice(0, 200)])
      results.push([sample, names])
      if (`${names.sort()}` !== `${[...sample.signals].sort()}`) process.stderr.write(`${sample.name}: ${names}\n`)
    }
    await context.close()
  }
  await Promise.all([work(), work()])
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
