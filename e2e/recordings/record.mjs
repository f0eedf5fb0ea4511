// Records the visits that the demo uploads: real pages, a real browser, the real SDK. Nothing leaves the browser: every
// request is answered here, under the addresses of the demo's sites. A page without an element that the demo's generated
// events name, or a picture of another page than its event's, is an error.
//
//   npm run record                 all visits; in about three minutes, since visitors take their time
//   npm run record -- payment      one of them
//   LOOK=/tmp npm run record       leaves a picture of every page there
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { smaller } from './png.mjs'
import { faultsOf, targetsOf } from './targets.mjs'
import { VISITS } from './visits.mjs'

const OUTPUT = new URL('../../crates/server/src/demo/recordings/', import.meta.url)
const SCRIPTS = ['friction-tracker.js', 'footfall-more.js', 'footfall-recorder.js', 'footfall-screenshot.js']
/** Of all files together. */
const MAX_BYTES = 450 * 1024
/** Visitors who are on the sites at the same time. */
const AT_ONCE = 4
/** Up to this width a screen is a phone's. */
const PHONE_PX = 480
/** The most viewed pages, which are recorded on a desktop as well. */
const ON_DESKTOPS = { bahari: ['/', '/vehicles', '/vehicles/toyota-noah', '/booking/payment'], duka: ['/', '/c/phones', '/p/solar-lamp', '/checkout'] }
/** Their addresses, files and types. */
const ASSETS = {
  'site.css': ['site.css', 'text/css'],
  'site.js': ['site.js', 'text/javascript'],
  'art.js': ['art.js', 'text/javascript'],
  'assets/payment.7c3e10aa.js': ['payment.js', 'text/javascript'],
}

/** What the sites' own servers answer: a status, after so many milliseconds. */
const API = {
  'api/availability': [200, 3_400],
  'api/payments': [504, 900],
  'api/wallet': [404, 120],
}

const SETTINGS = {
  version: 1,
  signals: { thrashing: true },
  sampling: { recording_share: 1 },
  recording: { screenshots: true, record_console: true, record_requests: true },
}

const text = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')
const sdk = (name) => readFileSync(new URL(`../../sdk/built/${name}`, import.meta.url))
const script = { contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' } }

/** The text fields and the file of a form. */
function parseForm(body, contentType) {
  const boundary = `--${/boundary=(.*)$/.exec(contentType)[1]}`
  const fields = {}
  for (const part of body.toString('latin1').split(boundary).slice(1, -1)) {
    const [head, ...rest] = part.split('\r\n\r\n')
    const value = rest.join('\r\n\r\n').slice(0, -2)
    const name = /name="([^"]+)"/.exec(head)[1]
    fields[name] = name === 'file' ? Buffer.from(value, 'latin1').toString('base64') : value
  }
  return fields
}

async function record(browser, { name, site, pages, theme, origin, userAgent, start, options, steps }) {
  const context = await browser.newContext({ userAgent, locale: 'en', timezoneId: 'Africa/Dar_es_Salaam', ...options })
  const visit = { site, user_agent: userAgent, ended_at: 0, events: [], chunks: [], pictures: [] }
  const unexpected = []
  const targets = targetsOf(pages)
  const checked = new Set()

  await context.route('**/*', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const file = url.pathname.slice(1)
    if (url.origin !== origin) return route.abort()
    if (SCRIPTS.includes(file)) return route.fulfill({ ...script, body: sdk(file) })
    if (file === 'sdk-settings') return route.fulfill({ json: SETTINGS })
    if (file in ASSETS) {
      const [source, contentType] = ASSETS[file]
      return route.fulfill({ contentType, body: text(`sites/${source}`) })
    }
    if (file in API) {
      const [status, afterMs] = API[file]
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      return route.fulfill({ status, json: {} }).catch(() => {})
    }
    if (request.method() === 'POST') {
      const body = request.postDataBuffer()
      const json = () => JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString())
      if (file === 'ingest-events') visit.events.push(...json().events)
      else if (file === 'ingest-recording') visit.chunks.push(json())
      else if (file === 'upload-screenshot') {
        const { friction_event_id, page_url, file: png } = parseForm(body, request.headers()['content-type'])
        if (page_url !== page.url()) unexpected.push(`a picture of ${page.url()} for ${page_url}`)
        visit.pictures.push({ friction_event_id, page_url, png: smaller(Buffer.from(png, 'base64')).toString('base64') })
      } else unexpected.push(file)
      return route.fulfill({ json: { success: true } })
    }
    if (request.resourceType() !== 'document') return route.fulfill({ status: 404 })
    const tracker = `<script src="${origin}/friction-tracker.js" data-api-key="fk_demo" data-batch-interval="400"></script>`
    const parts = { site, theme, tracker, content: text(`sites/${pages}.html`) }
    return route.fulfill({ contentType: 'text/html', body: text('sites/page.html').replaceAll(/{{(\w+)}}/g, (_, part) => parts[part]) })
  })

  const page = await context.newPage()
  const check = async () => {
    const { pathname } = new URL(page.url())
    if (checked.has(pathname)) return
    checked.add(pathname)
    const faults = await page.evaluate(faultsOf, [...(targets.get(pathname) ?? [])])
    unexpected.push(...faults.map((fault) => `${pathname}: ${fault}`))
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}${pathname.replaceAll('/', '_')}.png`, fullPage: true })
  }
  page.on('pageerror', ({ message }) => console.log(`${name}: the page says ${message}`))
  await page.goto(origin + start)
  for (const [pauseMs, step] of steps) {
    await page.waitForTimeout(pauseMs)
    await check()
    await step(page)
  }
  // The last part leaves five seconds after the one before, a picture with the friction it shows.
  await page.waitForTimeout(7_000)
  await check()
  await context.close()
  if (unexpected.length > 0) throw new Error(`${name}: ${unexpected.join('; ')}`)

  const unique = [...new Map(visit.events.map((event) => [event.id, event])).values()]
  visit.events = unique.sort((one, other) => one.seq - other.seq)
  // Who is shown is decided by the demo, and what is of the key and the request does not belong here.
  visit.events = visit.events.map(({ visitor_id: _visitor, ...event }) => event)
  visit.chunks = visit.chunks
    .map(({ api_key: _key, sent_at: _sent, visitor_id: _visitor, ...chunk }) => chunk)
    .sort((one, other) => one.seq - other.seq)
  visit.ended_at = Math.max(...visit.events.map(({ timestamp }) => timestamp), ...visit.chunks.flatMap(({ events }) => events.map(({ timestamp }) => timestamp)))
  const short = visit.events.find(({ interaction_type: kind, document_height: height, viewport_height: screen }) => kind === 'pageview' && height <= screen)
  if (short) throw new Error(`${name}: ${short.page_url} was seen before its content was there`)
  const recordings = new Set(visit.chunks.map(({ recording_id }) => recording_id))
  if (recordings.size !== 1) throw new Error(`${name}: ${recordings.size} recordings`)
  const bytes = gzipSync(JSON.stringify(visit), { level: 9 })
  writeFileSync(new URL(`${name}.json.gz`, OUTPUT), bytes)
  const kinds = visit.events.map((event) => event.event_type).filter(Boolean)
  console.log(`${name}: ${visit.events.length} events (${kinds.join(', ')}), ${visit.chunks.length} parts, ${visit.pictures.length} pictures, ${(bytes.length / 1024).toFixed(1)} KiB`)
  return { site: pages, isPhone: options.viewport.width < PHONE_PX, paths: checked, bytes: bytes.length }
}

/** Pages that nobody was recorded on. */
function missing(records) {
  const seen = (site, isPhone) => new Set(records.filter((one) => one.site === site && one.isPhone === isPhone).flatMap(({ paths }) => [...paths]))
  return Object.entries(ON_DESKTOPS).flatMap(([site, paths]) => [
    ...[...targetsOf(site).keys()].filter((path) => !seen(site, true).has(path)).map((path) => `${site}${path} on a phone`),
    ...paths.filter((path) => !seen(site, false).has(path)).map((path) => `${site}${path} on a desktop`),
  ])
}

const wanted = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Letters without coloured edges make pictures smaller.
  args: ['--no-sandbox', '--disable-lcd-text', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  const visits = VISITS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  const records = []
  const visitors = Array.from({ length: AT_ONCE }, async () => {
    for (let visit = visits.shift(); visit; visit = visits.shift()) records.push(await record(browser, visit))
  })
  const failed = (await Promise.allSettled(visitors)).find(({ status }) => status === 'rejected')
  if (failed) throw failed.reason
  if (wanted.length === 0) {
    const sum = records.reduce((total, { bytes }) => total + bytes, 0)
    console.log(`${(sum / 1024).toFixed(1)} KiB`)
    if (sum > MAX_BYTES) throw new Error(`${sum} bytes are more than ${MAX_BYTES}`)
    if (missing(records).length > 0) throw new Error(`nobody was recorded on ${missing(records).join(', ')}`)
  }
} finally {
  await browser.close()
}
