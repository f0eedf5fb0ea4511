// Takes the pictures of the README: the demo as somebody sees it who has just started it, in a window of 1440 by 900.
//
//   npm run pictures               docs/images/*.png, from the program that FOOTFALL_BIN names
import { mkdirSync, writeFileSync } from 'node:fs'
import { unfiltered } from '../recordings/png.mjs'
import { PATIENCE_MS, signIn, withDemo } from '../support/demo.mjs'

const OUTPUT = new URL('../../docs/images/', import.meta.url)
const MAX_BYTES = 200 * 1000

/** Each picture: its name, where it is, and what is waited for or done there first. */
const PICTURES = [
  { name: 'overview', path: () => 'overview' },
  { name: 'friction', path: () => 'friction?open=%23pay-now' },
  { name: 'recording', path: recordedPayment, act: (page) => page.locator('main iframe').waitFor() },
  { name: 'heatmap', path: () => 'heatmaps?path=/booking/payment', act: (page) => page.locator('main canvas').first().waitFor() },
]
/** Where in its recording the visitor is clicking in vain. */
const IN_VAIN_AT_SECONDS = 36

/** The latest recording of somebody who could not pay. */
async function recordedPayment(page, project) {
  const address = `/api/projects/${project.split('/').at(-1)}/sessions?selector=%23pay-now&has_recording=true`
  const { sessions } = await page.evaluate(async (url) => (await fetch(url)).json(), address)
  return `recordings/${sessions[0].recording_id}?t=${IN_VAIN_AT_SECONDS}`
}

/** Whether everything has been loaded; nothing where an answer failed. */
const isWhole = () => {
  const text = document.getElementById('root')?.textContent ?? ''
  const isLoading = document.querySelector('[role=status][aria-label^=Loading], .mantine-Skeleton-root')
  return text.includes('Updated') || text.includes('Link to') ? !isLoading && document.fonts.status === 'loaded' : false
}

/** Waits until nothing is loading any more and every chart is drawn; asks again for what failed. */
async function waitForIdle(page) {
  const failed = page.getByRole('button', { name: 'Try again' })
  do {
    if ((await failed.count()) > 0) await failed.first().click()
    await page.waitForFunction(isWhole, undefined, { timeout: PATIENCE_MS })
    await page.waitForTimeout(2_000)
  } while ((await failed.count()) > 0 || !(await page.evaluate(isWhole)))
}

await withDemo(async (demo) => {
  const page = await demo.browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce', locale: 'en-GB' })
  const project = await signIn(page, demo)
  mkdirSync(OUTPUT, { recursive: true })
  for (const { name, path, act } of PICTURES) {
    await page.goto(`${project}/${await path(page, project)}`)
    await waitForIdle(page)
    if (act) {
      await act(page)
      await waitForIdle(page)
    }
    const picture = unfiltered(await page.screenshot())
    if (picture.length > MAX_BYTES) throw new Error(`${name}: ${picture.length} bytes are more than ${MAX_BYTES}`)
    writeFileSync(new URL(`${name}.png`, OUTPUT), picture)
    console.log(`${name}: ${(picture.length / 1000).toFixed(0)} KB`)
  }
})
