// Starts the demo in a folder of its own, and signs in, for scripts that look at it.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

const BINARY = process.env.FOOTFALL_BIN ?? join(homedir(), '.cache/footfall/target/debug/footfall')
export const PATIENCE_MS = 180_000

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

/** Calls `look` with a browser, the demo's address and the account, and removes all of it afterwards. */
export async function withDemo(look) {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-demo-'))
  const { url, child, email, password } = await startDemo(folder)
  const args = ['--no-sandbox', '--disable-lcd-text', '--no-first-run', '--disable-background-networking']
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
  try {
    await look({ browser, url, email, password, pid: child.pid })
  } finally {
    await browser.close()
    child.removeAllListeners('exit')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Signs in; resolves with the address of the first project. */
export async function signIn(page, { url, email, password }) {
  await page.goto(url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor({ timeout: PATIENCE_MS })
  return page.url().replace(/\/overview.*/, '')
}
