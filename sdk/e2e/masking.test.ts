// Secrets planted wherever a page may hold some; none of them leaves it.
import type { BrowserContext, Page } from 'playwright-core'
import { beforeEach, expect, it, vi } from 'vitest'
import { conclude, newContext, open } from './support/browser'
import { pageWith } from './support/collector'
import { stage } from './support/stage'

const SECRET = 'kibaha7f3a91'
/** For fields that hold digits only. */
const NUMBER = '7391846205'

/** What stands in buttons that answer nothing. All is clicked with rage, and typed into where that is possible. */
const PLACES: Record<string, string> = {
  'a value': `<input value="${SECRET}">`,
  'a typed text': '<input class="type">',
  'a typed password': '<input class="type" type="password">',
  'a typed e-mail address': '<input class="type" type="email">',
  'a typed phone number': '<input class="digits" type="tel">',
  'a typed number': '<input class="digits" type="number">',
  'a typed search': '<input class="type" type="search">',
  'a typed address': '<input class="type" type="url">',
  'a date': '<input type="date" value="1984-06-20" data-note="kibaha7f3a91">',
  'a hidden field': `<form><input type="hidden" name="token" value="${SECRET}"><button type="button">Go</button></form>`,
  'a checkbox': `<label><input type="checkbox" value="${SECRET}"> Agree</label>`,
  'a radio button': `<label><input type="radio" value="${SECRET}"> Yes</label>`,
  'a submit button': `<input type="button" value="${SECRET}">`,
  'a slider': `<input type="range" max="9999999999" value="${NUMBER}">`,
  'a textarea': `<textarea>${SECRET}</textarea>`,
  'a typed textarea': '<textarea class="type"></textarea>',
  'a label around a textarea': `<label>Note <textarea>${SECRET}</textarea></label>`,
  'a button around a field': `<div role="button">Pay <input value="${SECRET}"></div>`,
  'a choice': `<select><option>${SECRET}</option></select>`,
  'a group of choices': `<select size="2"><optgroup label="${SECRET}"><option>One</option></optgroup></select>`,
  'a list of proposals': `<input list="known"><datalist id="known"><option>${SECRET}</option></datalist>`,
  'editable text': `<div contenteditable>${SECRET}</div>`,
  'text typed into it': '<div contenteditable class="type">Note</div>',
  'a part of editable text': `<div contenteditable><p><b>${SECRET}</b></p></div>`,
  'plain editable text': `<div contenteditable="plaintext-only">${SECRET}</div>`,
  'editable text in a card': `<section>Your letter <p contenteditable>${SECRET}</p></section>`,
  'masked text': `<p data-footfall-mask>${SECRET}</p>`,
  'text in a masked card': `<section data-footfall-mask><p><b>${SECRET}</b></p></section>`,
  'a masked part of a card': `<section>Balance <b data-footfall-mask>${SECRET}</b></section>`,
  'text that the settings mask': `<p class="iban">${SECRET}</p>`,
  'a placeholder': `<input placeholder="${SECRET}">`,
  'a tooltip': `<p title="${SECRET}">Help</p>`,
  'a spoken label': `<p aria-label="${SECRET}">Help</p>`,
  'a replacement of a picture': `<img alt="${SECRET}" width="20" height="20">`,
  'an attribute': `<p data-customer="${SECRET}">Help</p>`,
  'an id': `<p id="${SECRET}">Help</p>`,
  'a class': `<p class="${SECRET}">Help</p>`,
  'a name': `<button name="${SECRET}" type="button">Help</button>`,
  'a script': `<p><script type="application/json">{"token":"${SECRET}"}</script>Help</p>`,
  'a style': `<p><style>.a::after{content:'${SECRET}'}</style>Help</p>`,
  'a comment': `<p><!-- ${SECRET} -->Help</p>`,
  'a template': `<p><template>${SECRET}</template>Help</p>`,
  'a frame': `<iframe srcdoc="<p>${SECRET}</p>" width="60" height="40"></iframe>`,
  'a field in a shadow': '<x-field></x-field>',
  'a complaint about a field': `<form class="submit"><input class="custom" value="${SECRET}"><button>Send</button></form>`,
  'a field that is not accepted':
    '<form class="submit"><input class="type" type="url" required><button>Send</button></form>',
  'a link to a place': `<a href="#${SECRET}">Down</a>`,
}

const SCRIPT = `
  customElements.define('x-field', class extends HTMLElement {
    connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<input value="${SECRET}">' }
  })
  addEventListener('DOMContentLoaded', () => {
    document.querySelector('.custom').setCustomValidity('${SECRET} is taken')
  })
  document.cookie = 'token=${SECRET}'
  localStorage.setItem('token', '${SECRET}')
  sessionStorage.setItem('token', '${SECRET}')
  window.name = '${SECRET}'
  history.replaceState({ token: '${SECRET}' }, '')
  console.error('${SECRET}')`

const { browser, collector } = await stage()

/** A page that is all of these places, clicked with rage and typed into. */
const work = async (places: string[], attributes: string): Promise<{ page: Page; context: BrowserContext }> => {
  const divs = places.map((html, index) => `<div role="button" data-testid="place-${index}">${html}</div>`)
  collector.pages[`/?lang=sw`] = pageWith(
    collector.origin,
    `<meta name="token" content="${SECRET}"><style>[role=button] { user-select: none; margin: 40px }</style>${divs.join('')}`,
    { before: SCRIPT, attributes: `data-consent="granted" data-mask=".iban" ${attributes}` },
  )
  const context = await newContext(browser)
  const { page } = await open(context, `${collector.pageOrigin}/?lang=sw#access_token=${SECRET}`)
  for (const index of divs.keys()) {
    const place = page.locator(`[data-testid="place-${index}"]`)
    const inner = place.locator('> *').first()
    await inner.click({ clickCount: 3, delay: 10, force: true })
    if (await place.locator('.type').count()) await place.locator('.type').pressSequentially(SECRET)
    if (await place.locator('.digits').count()) await place.locator('.digits').pressSequentially(NUMBER)
    if (await place.locator('.submit').count()) await place.locator('button').click()
    await page.keyboard.press('Escape')
  }
  return { page, context }
}

beforeEach(() => collector.reset())

it(`no secret of ${Object.keys(PLACES).length + 7} kinds of places leaves the page`, { timeout: 120_000 }, async () => {
  const { page, context } = await work(Object.values(PLACES), 'data-move="true" data-thrashing="true"')
  await conclude(page)
  await collector.waitFor((events) => events.some(({ error_message }) => !!error_message?.includes('sentinel')))
  await page.close({ runBeforeUnload: true })
  await context.close()

  const sent = JSON.stringify(collector.posted)
  // Fields are never in a rage; the rest was noticed, and what may be told of it was.
  const raged = collector.events().filter(({ event_type }) => event_type === 'rage_click')
  expect(raged.length).toBeGreaterThan(12)
  expect(raged.filter(({ element_text }) => element_text === 'Help').length).toBeGreaterThan(4)
  expect(collector.friction()).toEqual(expect.arrayContaining(['rage_click', 'form_validation_error']))
  const leaks = collector
    .events()
    .filter((event) => [SECRET, NUMBER].some((text) => JSON.stringify(event).includes(text)))
  expect(leaks).toEqual([])
  expect(sent).not.toContain(SECRET)
  expect(sent).not.toContain(NUMBER)
})

/** Names of elements are part of how a page looks: a recording has them as they are, and says so. */
const NAMES = ['an id', 'a class']

it(`no secret of ${Object.keys(PLACES).length - NAMES.length + 7} kinds of places is in a recording`, {
  timeout: 120_000,
}, async () => {
  const places = Object.entries(PLACES).filter(([name]) => !NAMES.includes(name))
  const { page, context } = await work(
    places.map(([, html]) => html),
    'data-enable-recording="true" data-screenshots="true"',
  )
  // What is added and changed later is masked like what was there.
  await page.evaluate((secret) => {
    const late = document.createElement('section')
    late.innerHTML = `<p title="${secret}">${secret}</p><input value="${secret}"><a href="/?token=${secret}">${secret}</a>`
    document.body.append(late)
    for (const name of ['title', 'href', 'alt', 'aria-label', 'data-x', 'value']) late.setAttribute(name, secret)
    late.append(secret)
    const style = document.createElement('style')
    style.textContent = `section { background: url("/?token=${secret}") } section::after { content: '${secret}' }`
    document.head.append(style)
    style.sheet?.insertRule(`p::after { content: "${secret}" }`)
    late.style.backgroundImage = `url(/?token=${secret})`
  }, SECRET)
  await conclude(page)
  const parts = () => collector.posted.filter(({ path }) => path === '/ingest-recording')
  await vi.waitUntil(() => parts().some(({ body }) => JSON.stringify(body).includes('"section"')), { timeout: 20_000 })
  await page.close({ runBeforeUnload: true })
  await context.close()

  const texts = parts().flatMap(({ body }) => body.events.map((event: object) => JSON.stringify(event))) as string[]
  expect(texts.filter((text) => text.includes(SECRET) || text.includes(NUMBER))).toEqual([])
  expect(JSON.stringify(collector.posted)).not.toContain(SECRET)
  // It shows something all the same.
  expect(texts.join()).toContain('textarea')
  expect(texts.join()).toContain('****')
})
