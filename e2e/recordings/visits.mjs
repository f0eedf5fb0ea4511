// What the recorded visitors do: the pause before each step in ms, and the step. Their browsers are some of the demo's (`crates/server/src/demo/sites/browsers.rs`).
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

const phone = { viewport: { width: 384, height: 725 }, isMobile: true, hasTouch: true }
const desktop = { viewport: { width: 1280, height: 730 } }

const BAHARI = { site: 'Bahari Rentals', html: 'bahari.html', theme: '', origin: 'https://bahari-rentals.example' }
const DUKA = { site: 'Duka Market', html: 'duka.html', theme: 'duka', origin: 'https://duka-market.example' }

/** Moves the mouse as a hand does, then clicks. */
const click = (selector, times = 1) => async (page) => {
  const box = await page.locator(selector).first().boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 14 })
  await page.waitForTimeout(250)
  for (let i = 0; i < times; i++) {
    if (i > 0) await page.waitForTimeout(190)
    await page.mouse.down()
    await page.mouse.up()
  }
}

const tap = (selector, times = 1) => async (page) => {
  for (let i = 0; i < times; i++) {
    if (i > 0) await page.waitForTimeout(160)
    await page.locator(selector).tap()
  }
}

const type = (selector, text) => async (page) => {
  await page.locator(selector).click()
  await page.keyboard.type(text, { delay: 90 })
}

const choose = (selector, value) => (page) => page.locator(selector).selectOption(value)

/** To and fro over a list that does not move. */
const thrash = () => async (page) => {
  for (let turn = 0; turn < 9; turn++) {
    await page.mouse.move(turn % 2 ? 520 : 320, 380, { steps: 3 })
    await page.waitForTimeout(40)
  }
}

const leave = () => () => {}

export const VISITS = [
  {
    ...BAHARI,
    name: 'payment',
    userAgent: ANDROID,
    options: phone,
    start: '/vehicles/toyota-noah',
    steps: [
      [2_500, tap('.gallery .photo')],
      [4_000, tap('#book-now')],
      [1_500, choose('#dates', '5')],
      [1_500, tap('#continue')],
      [1_200, type('#name', 'A. Mushi')],
      [0, tap('#continue')],
      [1_800, type('#phone', '+255 700 000 017')],
      [0, tap('#continue')],
      [1_500, type('#mpesa', '0700 000 017')],
      [0, tap('#pay-now')],
      [4_500, tap('#pay-now', 6)],
      [8_500, leave()],
    ],
  },
  {
    ...BAHARI,
    name: 'contact',
    userAgent: WINDOWS,
    options: desktop,
    start: '/vehicles',
    steps: [
      [2_000, click('#filter-seats')],
      [1_500, click('nav a[href="/locations/dar-es-salaam"]')],
      [1_500, click('#map')],
      [6_500, click('nav a[href="/contact"]')],
      [1_200, click('#send')],
      [1_500, type('[name=name]', 'Upendo Lyimo')],
      [0, type('[name=email]', 'upendo')],
      [0, type('[name=message]', 'Do you deliver to Tanga?')],
      [0, click('#send')],
      [2_000, type('[name=email]', '@barua.example')],
      [0, click('#send')],
      [3_000, leave()],
    ],
  },
  {
    ...DUKA,
    name: 'checkout',
    userAgent: WINDOWS,
    options: desktop,
    start: '/cart',
    steps: [
      [2_000, type('#code', 'KARIBU10')],
      [0, click('#voucher', 5)],
      [8_000, click('#checkout')],
      [1_500, click('#place-order')],
      [1_500, type('#email', 'rehema@barua.example')],
      [0, click('#place-order')],
      [4_000, click('#place-order')],
      [3_000, leave()],
    ],
  },
  {
    ...DUKA,
    name: 'catalogue',
    userAgent: WINDOWS,
    options: desktop,
    start: '/search',
    steps: [
      [2_000, thrash()],
      [0, click('#sort')],
      [2_500, click('#load-more')],
      [8_000, click('a.product')],
      [1_500, click('#colour-blue', 6)],
      [2_500, click('#add')],
      [3_000, leave()],
    ],
  },
]
