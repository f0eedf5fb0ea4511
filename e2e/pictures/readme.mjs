// Takes the pictures of the README: the demo as somebody sees it who has just started it, in a window of 1440 by 900.
//
//   npm run pictures               docs/images/*.png, from the program that FOOTFALL_BIN names
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { unfiltered } from '../recordings/png.mjs'

const BINARY = process.env.FOOTFALL_BIN ?? join(homedir(), '.cache/footfall/target/debug/footfall')
const OUTPUT = new URL('../../docs/images/', import.meta.url)
const MAX_BYTES = 200 * 1000
const PATIENCE_MS = 180_000

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

async function freePort() {
  const probe = createServer()
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Starts the demo in a folder of its own; resolves with what it printed once its history is whole. */
async function startDemo(folder) {
  const url = `http://127.0.0.1:${await freePort()}`
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOOTFALL_')))
  const child = spawn(BINARY, ['demo', '--data-dir', folder, '--listen', new URL(url).host], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const printed = {}
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`footfall demo ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, label, value] = /^(Sign in as|Password)\s+(\S+)/.exec(line) ?? []
      if (label) printed[label] = value
      if (label === 'Password') resolve()
    })
  })
  await until(() => existsSync(join(folder, 'demo-finished')), 'the history is whole')
  return { url, child, email: printed['Sign in as'], password: printed.Password }
}

async function until(isDone, what) {
  const end = Date.now() + PATIENCE_MS
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
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

const folder = mkdtempSync(join(tmpdir(), 'footfall-pictures-'))
const { url, child, email, password } = await startDemo(folder)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-lcd-text', '--no-first-run', '--disable-background-networking'] })
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce', locale: 'en-GB' })
  await page.goto(url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor({ timeout: PATIENCE_MS })
  const project = page.url().replace(/\/overview.*/, '')
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
} finally {
  await browser.close()
  child.removeAllListeners('exit')
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await ended
  rmSync(folder, { recursive: true, force: true })
}
