// Times the dashboard over the demo: a cold start, changes of page, and what an idle tab asks for.
//
//   npm run measure                from the program that FOOTFALL_BIN names; figures hold for a release build on an idle machine
//   npm run measure -- --rounds 3
import { parseArgs } from 'node:util'
import { signIn, withDemo } from '../support/demo.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' }, idle: { type: 'string', default: '60' } } })
const ROUNDS = Number(values.rounds)
const IDLE_SECONDS = Number(values.idle)
const WINDOW = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' }
const LIMITS = { figure: 1_000, chart: 1_200, change: 200, requests: 10 }

/** Notes when each thing is painted for the first time, in milliseconds since the navigation began. */
function watchPaints() {
  const seen = {}
  globalThis.firstPaints = seen
  const isThere = {
    figure: () => [...document.querySelectorAll('main button')].some((it) => /^Visitors\D*\d/.test(it.textContent)),
    chart: () => document.querySelector('main figure canvas') !== null,
  }
  const look = () => {
    const found = Object.keys(isThere).filter((name) => !(name in seen) && isThere[name]())
    // Two frames on, what was in the document is on the screen.
    if (found.length > 0)
      requestAnimationFrame(() => requestAnimationFrame(() => found.forEach((name) => (seen[name] ??= performance.now()))))
    if (Object.keys(seen).length < Object.keys(isThere).length) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** From a click on the rail to the page's own heading with nothing loading, in milliseconds. */
function changeTo(name) {
  const isWhole = () =>
    document.querySelector('h1')?.textContent?.startsWith(name) &&
    !document.querySelector('main [role=status][aria-label^=Loading], main .mantine-Skeleton-root')
  const link = [...document.querySelectorAll('nav a')].find((it) => it.textContent.trim().startsWith(name))
  return new Promise((resolve) => {
    const start = performance.now()
    const look = () => (isWhole() ? requestAnimationFrame(() => resolve(performance.now() - start)) : requestAnimationFrame(look))
    link.click()
    requestAnimationFrame(look)
  })
}

const sorted = (numbers) => numbers.toSorted((a, b) => a - b)
const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)]
const ms = (number) => `${Math.round(number)} ms`

function line(name, numbers, limit) {
  const ordered = sorted(numbers)
  const isReached = median(numbers) <= limit
  console.log(`${name.padEnd(38)} ${ms(median(numbers)).padStart(8)}   ${ms(ordered[0])}–${ms(ordered.at(-1))}   ≤ ${ms(limit)} ${isReached ? 'yes' : 'NO'}`)
}

await withDemo(async (demo) => {
  const first = await demo.browser.newContext(WINDOW)
  const page = await first.newPage()
  const project = await signIn(page, demo)
  const storageState = await first.storageState()

  const cold = { figure: [], chart: [] }
  for (let round = 0; round < ROUNDS; round++) {
    const context = await demo.browser.newContext({ ...WINDOW, storageState })
    const tab = await context.newPage()
    await tab.addInitScript(watchPaints)
    await tab.goto(`${project}/overview`)
    await tab.waitForFunction(() => 'figure' in globalThis.firstPaints && 'chart' in globalThis.firstPaints)
    const paints = await tab.evaluate(() => globalThis.firstPaints)
    cold.figure.push(paints.figure)
    cold.chart.push(paints.chart)
    await context.close()
  }
  line('cold: first figure', cold.figure, LIMITS.figure)
  line('cold: first chart', cold.chart, LIMITS.chart)

  await page.goto(`${project}/overview`)
  const names = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.textContent.trim()))
  const pages = names.filter((name) => !/Overview|Settings|^$/.test(name))
  const changes = new Map(pages.map((name) => [name, []]))
  for (let round = 0; round <= ROUNDS; round++)
    for (const name of pages) {
      const took = await page.evaluate(changeTo, name).catch(() => Number.NaN)
      // The first round loads the code of each page.
      if (round > 0) changes.get(name).push(took)
    }
  for (const [name, took] of changes) line(`to ${name}`, took, LIMITS.change)

  await page.goto(`${project}/overview`)
  await page.waitForLoadState('networkidle').catch(() => undefined)
  let requests = 0
  page.on('request', () => requests++)
  await page.waitForTimeout(IDLE_SECONDS * 1_000)
  const minute = (requests * 60) / IDLE_SECONDS
  console.log(`${'requests of an idle tab in a minute'.padEnd(38)} ${minute.toFixed(0).padStart(8)}   ≤ ${LIMITS.requests} ${minute <= LIMITS.requests ? 'yes' : 'NO'}`)
})
