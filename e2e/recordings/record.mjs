// Records the visits that the demo uploads: real pages, a real browser, the real SDK. Nothing leaves the browser: every
// request is answered here, under the addresses of the demo's sites.
//
//   npm run record                 all visits; a few minutes, since visitors take their time
//   npm run record -- payment      one of them
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { VISITS } from './visits.mjs'

const OUTPUT = new URL('../../crates/server/src/demo/recordings/', import.meta.url)
const SCRIPTS = ['friction-tracker.js', 'footfall-more.js', 'footfall-recorder.js', 'footfall-screenshot.js']
/** Of all files together. */
const MAX_BYTES = 400 * 1024

const SETTINGS = {
  version: 1,
  signals: { thrashing: true },
  sampling: { recording_share: 1 },
  recording: { screenshots: true },
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

async function record(browser, { name, site, html, theme, origin, userAgent, start, options, steps }) {
  const context = await browser.newContext({ userAgent, locale: 'en', timezoneId: 'Africa/Dar_es_Salaam', ...options })
  const visit = { site, user_agent: userAgent, ended_at: 0, events: [], chunks: [], pictures: [] }
  const page404 = []

  await context.route('**/*', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const file = url.pathname.slice(1)
    if (url.origin !== origin) return route.abort()
    if (SCRIPTS.includes(file)) return route.fulfill({ ...script, body: sdk(file) })
    if (file === 'sdk-settings') return route.fulfill({ json: SETTINGS })
    if (file === 'site.css') return route.fulfill({ contentType: 'text/css', body: text('sites/site.css') })
    if (file === 'site.js') return route.fulfill({ ...script, body: text('sites/site.js') })
    if (request.method() === 'POST') {
      const body = request.postDataBuffer()
      const json = () => JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString())
      if (file === 'ingest-events') visit.events.push(...json().events)
      else if (file === 'ingest-recording') visit.chunks.push(json())
      else if (file === 'upload-screenshot') {
        const { friction_event_id, page_url, file: png } = parseForm(body, request.headers()['content-type'])
        visit.pictures.push({ friction_event_id, page_url, png })
      } else page404.push(file)
      return route.fulfill({ json: { success: true } })
    }
    if (request.resourceType() !== 'document') return route.fulfill({ status: 404 })
    const tracker = `<script src="${origin}/friction-tracker.js" data-api-key="fk_demo" data-batch-interval="400"></script>`
    const parts = { site, theme, tracker, content: text(`sites/${html}`) }
    return route.fulfill({ contentType: 'text/html', body: text('sites/page.html').replaceAll(/{{(\w+)}}/g, (_, part) => parts[part]) })
  })

  const page = await context.newPage()
  await page.goto(origin + start)
  for (const [pauseMs, step] of steps) {
    await page.waitForTimeout(pauseMs)
    await step(page)
  }
  // The last part leaves five seconds after the one before, a picture with the friction it shows.
  await page.waitForTimeout(7_000)
  await context.close()
  if (page404.length > 0) throw new Error(`${name}: unexpected requests: ${page404}`)

  const unique = [...new Map(visit.events.map((event) => [event.id, event])).values()]
  visit.events = unique.sort((one, other) => one.seq - other.seq)
  // Who is shown is decided by the demo, and what is of the key and the request does not belong here.
  visit.events = visit.events.map(({ visitor_id: _visitor, ...event }) => event)
  visit.chunks = visit.chunks
    .map(({ api_key: _key, sent_at: _sent, visitor_id: _visitor, ...chunk }) => chunk)
    .sort((one, other) => one.seq - other.seq)
  visit.ended_at = Math.max(...visit.events.map(({ timestamp }) => timestamp), ...visit.chunks.flatMap(({ events }) => events.map(({ timestamp }) => timestamp)))
  const bytes = gzipSync(JSON.stringify(visit), { level: 9 })
  writeFileSync(new URL(`${name}.json.gz`, OUTPUT), bytes)
  const kinds = visit.events.map((event) => event.event_type).filter(Boolean)
  console.log(`${name}: ${visit.events.length} events (${kinds.join(', ')}), ${visit.chunks.length} parts, ${visit.pictures.length} pictures, ${(bytes.length / 1024).toFixed(1)} KiB`)
  return bytes.length
}

const wanted = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  let sum = 0
  for (const visit of VISITS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) sum += await record(browser, visit)
  if (sum > MAX_BYTES) throw new Error(`${sum} bytes are more than ${MAX_BYTES}`)
} finally {
  await browser.close()
}
