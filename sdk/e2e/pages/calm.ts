// Pages that work, on which visitors do what looks like friction and is none.
import type { Page } from 'playwright-core'
import { click, type Sample, several } from './sample'

const drag =
  (selector: string, byX = 120) =>
  async (page: Page): Promise<void> => {
    const box = await page.locator(selector).boundingBox()
    if (!box) throw new Error(`${selector} is not there`)
    await page.mouse.move(box.x + 5, box.y + 5)
    await page.mouse.down()
    await page.mouse.move(box.x + 5 + byX, box.y + 8, { steps: 5 })
    await page.mouse.up()
  }

const none = (name: string, html: string, action?: Sample['action']): Sample => ({
  name,
  html,
  signals: [],
  ...(action ? { action } : {}),
})
const quick = click('#x', 4)
const twice = click('#x', 2)

const CAROUSEL = (button: string): string => `<div>${button}<b id="n">1</b></div>
  <script>document.getElementById('x').onclick = () => document.getElementById('n').textContent++</script>`
const GIF = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
const CANVAS = (handler: string): string => `<canvas id="c"></canvas><button id="x">Draw</button><script>
  const pen = c.getContext('2d')
  x.onclick = () => { ${handler} }</script>`
const MAP = (attributes: string): string => `<div id="x" ${attributes} style="width:300px;height:200px;background:#cde">
  <div id="tile" style="width:300px;height:200px"></div></div><script>
  let from; const map = document.getElementById('x'), tile = document.getElementById('tile')
  map.onpointerdown = (e) => { from = e.clientX }
  map.onpointermove = (e) => { if (e.buttons) tile.style.transform = 'translateX(' + (e.clientX - from) + 'px)' }
  map.ondblclick = () => { tile.style.scale = 1 + Math.random() }</script>`

export const calm: Sample[] = [
  none('a plus button', CAROUSEL('<button id="x">+</button>'), quick),
  none('a minus button', CAROUSEL('<button id="x">−</button>'), quick),
  none('a stepper named by its label', CAROUSEL('<button id="x" aria-label="Increase quantity">▲</button>'), quick),
  none('a stepper named by its class', CAROUSEL('<button id="x" class="qty-plus">&nbsp;&nbsp;&nbsp;</button>'), quick),
  none('a carousel arrow', CAROUSEL('<button id="x">›</button>'), quick),
  none(
    'a carousel arrow named by its class',
    CAROUSEL('<button id="x" class="slick-next">&nbsp;&nbsp;</button>'),
    quick,
  ),
  none(
    'the next slide',
    CAROUSEL('<button id="x" aria-label="Next slide"><svg width="9" height="9"></svg></button>'),
    quick,
  ),
  none('the next month of a calendar', CAROUSEL('<button id="x" title="Next month">»</button>'), quick),
  none('a number field', '<input id="x" type="number" value="1">', quick),
  none('a select', '<select id="x"><option>One<option>Two</select>'),
  none('a choice in a select', '<select id="x"><option>One<option>Two</select>', (page) =>
    page.selectOption('#x', 'Two'),
  ),
  none('a date field', '<input id="x" type="date">'),
  none('a colour field', '<input id="x" type="color">'),
  none('a file field', '<input id="x" type="file">'),
  none('the label of a file field', '<label id="x" for="f">Choose a picture</label><input id="f" type="file" hidden>'),
  none(
    'a button that opens a hidden file field',
    '<button id="x" onclick="f.click()">Upload</button><input id="f" type="file" hidden>',
  ),
  none('the label of a text field', '<label id="x">Your name <input></label>'),
  none('a checkbox to and fro', '<input id="x" type="checkbox">', quick),
  none('the label of a checkbox to and fro', '<label id="x"><input type="checkbox"> Agree</label>', quick),
  none('a chosen radio button', '<label id="x"><input type="radio" name="r" checked> Small</label>', twice),
  none(
    'a switch to and fro',
    `<button id="x" role="switch" aria-checked="false"
      onclick="this.setAttribute('aria-checked', this.getAttribute('aria-checked') === 'false')">Dark</button>`,
    quick,
  ),
  none('an accordion to and fro', '<details><summary id="x">Shipping</summary>Two days</details>', quick),
  none(
    'a slider that is dragged',
    `<div id="x" role="slider" style="width:200px;height:20px;background:#ccc"><i id="k">|</i></div><script>
      x.onpointermove = (e) => { if (e.buttons) k.style.marginLeft = e.offsetX + 'px' }</script>`,
    drag('#x'),
  ),
  none('a map that is dragged', MAP(''), drag('#x')),
  none('a map of tiles that is zoomed', MAP('role="application"'), quick),
  none('a map on a canvas', '<canvas id="x" width="300" height="200"></canvas>', quick),
  none('text that is selected by dragging', '<p id="x">Some words that somebody copies out</p>', drag('#x')),
  none('a word that is selected', '<p id="x">Some words that somebody copies out</p>', twice),
  none('a paragraph that is selected', '<p id="x">Some words that somebody copies out</p>', click('#x', 3)),
  none('a card that is dragged', '<div id="x" style="width:200px;height:50px">A card to drag</div>', drag('#x')),
  none('a link in a new tab', '<a id="x" href="next" target="_blank">Help</a>'),
  none('a window that a script opens', `<button id="x" onclick="window.open('next')">Help</button>`),
  none('a link with a key held', '<a id="x" href="next">Help</a>', (page) =>
    page.click('#x', { modifiers: ['Control'] }),
  ),
  none('a download', '<a id="x" href="next" download="f.txt">Download</a>'),
  none(
    'a download that a script makes',
    `<button id="x" onclick="const a = document.createElement('a'); a.download = 'f.txt';
      a.href = window.URL.createObjectURL(new Blob(['x'])); a.click()">Export</button>`,
  ),
  none('a link to a page', '<a id="x" href="next">Next page</a>'),
  none('a link to a page that is slow to come', '<a id="x" href="slow">Next page</a>'),
  none(
    'a script that leads to a page that is slow to come',
    `<button id="x" onclick="location.href = 'slow'">Pay</button>`,
  ),
  none('a form to a page that is slow to come', '<form action="slow"><button id="x">Pay</button></form>'),
  none('a mail address', '<a id="x" href="mailto:shop@shop.example">Write to us</a>'),
  none('an answer after two seconds', '<button id="x" onclick="setTimeout(() => this.remove(), 2000)">Load</button>'),
  none(
    'a spinner, and the rest after five seconds',
    `<button id="x" onclick="this.disabled = true; setTimeout(() => document.body.append('done'), 5000)">Load</button>`,
  ),
  none(
    'a copy button without a sign',
    `<button id="x" onclick="navigator.clipboard.writeText('x').catch(() => 0)">Copy</button>`,
  ),
  none(
    'a copy button of the old kind',
    `<input id="f" value="x"><button id="x" onclick="f.select(); document.execCommand('copy')">Copy</button>`,
  ),
  none('the controls of a video', '<video id="x" controls width="200" height="100"></video>', quick),
  none(
    'a play button of the page’s own',
    '<video id="v" width="200" height="100"></video><button id="x" onclick="v.play().catch(() => 0)">Play</button>',
  ),
  none(
    'a mute button of the page’s own',
    '<video id="v"></video><button id="x" onclick="v.muted = !v.muted">Mute</button>',
    quick,
  ),
  none('a sound', '<button id="x" onclick="new Audio().play().catch(() => 0)">Pronounce</button>'),
  none('a print button', '<button id="x" onclick="print()">Print</button>'),
  none('a dialog of the browser’s own', `<button id="x" onclick="alert('Added')">Add</button>`, async (page) => {
    page.once('dialog', (dialog) => void dialog.accept())
    await page.click('#x')
  }),
  none(
    'a dialog of the page’s own',
    '<dialog id="d">Hello</dialog><button id="x" onclick="d.showModal()">Open</button>',
  ),
  none('a popover', '<button id="x" popovertarget="p">Open</button><div id="p" popover>Hello</div>'),
  none('a menu that opens on pressing', `<button id="x" onpointerdown="document.body.append('menu')">Menu</button>`),
  none(
    'a step to a place in the page',
    '<a id="x" href="#end">Down</a><p style="height:3000px"></p><p id="end">End</p>',
  ),
  none(
    'back to the top',
    '<p style="height:3000px"></p><button id="x" onclick="window.scrollTo(0, 0)">Up</button>',
    async (page) => {
      await click()(page)
      // Browsers tell of scrolling with the next frame, which a busy machine may be long to show.
      await page.evaluate(() => new Promise((resolve) => new ResizeObserver(resolve).observe(document.body)))
    },
  ),
  none(
    'more of an endless list',
    `<ul id="l"><li>1</li></ul><button id="x" onclick="l.append('more')">More</button>`,
    twice,
  ),
  none('focus that moves to a field', '<input id="f"><button id="x" onclick="f.focus()">Search</button>'),
  none('a text field', '<input id="x" value="words">', click('#x', 3)),
  none('a letter', '<div id="x" contenteditable>Dear shop</div>', click('#x', 3)),
  none('a text that is read with the mouse', '<p id="x">Leather, made in Arusha</p>'),
  none('a price', '<span id="x" class="price">10 EUR</span>'),
  none('a price in a table', '<table><tr><td id="x">10 EUR</td></tr></table>'),
  none('a product image', `<img id="x" width="80" height="80" alt="Shoe" src="${GIF}">`),
  none(
    'an image in a figure',
    `<figure><img id="x" width="80" height="80" src="${GIF}"><figcaption>Shoe</figcaption></figure>`,
  ),
  none('a drawing', '<svg id="x" width="40" height="40"><circle cx="20" cy="20" r="20"/></svg>'),
  none('a heading with a sign', '<h3 id="x">Details ▾</h3>'),
  none('a badge that is styled like a button', '<span id="x" class="btn button badge">Sold out</span>'),
  none('a text in a region that scrolls', '<div tabindex="0" style="overflow:auto"><p id="x">Sizes</p></div>'),
  none(
    'a text that is read while the page loads more',
    `<p id="x">Leather</p><script>
      document.addEventListener('click', () => setTimeout(() => document.body.append('more'), 4000))</script>`,
  ),
  none('a button that fills a field', `<input id="f"><button id="x" onclick="f.value = 'SALE'">Use code</button>`),
  none(
    'a button that fills a field after a while',
    `<input id="f"><button id="x" onclick="setTimeout(() => { f.value = 'SALE' }, 2000)">Use code</button>`,
  ),
  none(
    'a button that checks a box',
    '<input id="f" type="checkbox"><button id="x" onclick="f.checked = true">All</button>',
  ),
  none(
    'a switch of the page’s own that sets a box, to and fro',
    '<input id="f" type="checkbox"><button id="x" onclick="f.checked = !f.checked">Dark</button>',
    quick,
  ),
  none(
    'a button that chooses',
    '<select id="f"><option>S<option>M</select><button id="x" onclick="f.selectedIndex = 1">Medium</button>',
  ),
  none(
    'a button that clears a letter',
    '<textarea id="f">Dear</textarea><button id="x" onclick="f.value = \'\'">Clear</button>',
  ),
  none('a button that empties a form', '<form><input value="a"><button id="x" type="reset">Reset</button></form>'),
  none('a button that draws', CANVAS(`pen.fillRect(0, 0, 9, 9)`)),
  none('a button that clears a drawing', CANVAS(`pen.clearRect(0, 0, 99, 99)`)),
  none('a button that writes on a drawing', CANVAS(`pen.fillText('Asha', 9, 9)`)),
  none('a button that draws after a while', CANVAS(`setTimeout(() => pen.stroke(), 1500)`)),
  none('the space between things', '<main id="x" style="padding:40px"><p>Text</p></main>', several('#x', '#x')),
  none('the page itself', '<p>Text</p>', (page) => page.mouse.click(600, 600)),
  none(
    'a game that says so',
    '<button id="x" data-no-rage onclick="this.textContent += 1">Pop</button>',
    click('#x', 6),
  ),
  none(
    'a button inside a closed shadow root',
    `<x-shop id="x" style="display:block"></x-shop><script>
      const root = document.querySelector('x-shop').attachShadow({ mode: 'closed' })
      root.innerHTML = '<button>Buy</button><b></b>'
      root.firstChild.onclick = () => root.lastChild.append('1')</script>`,
  ),
]
