// What the recorded visitors do. Their browsers are some of the demo's (`crates/server/src/demo/sites/browsers.rs`).
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

const phone = { viewport: { width: 384, height: 725 }, isMobile: true, hasTouch: true }
const desktop = { viewport: { width: 1280, height: 730 } }

const BAHARI = { site: 'Bahari Rentals', html: 'bahari.html', origin: 'https://bahari-rentals.example' }
const DUKA = { site: 'Duka Market', html: 'duka.html', origin: 'https://duka-market.example' }

const think = (page, ms) => page.waitForTimeout(ms)

/** Moves the mouse as a hand does, then clicks. */
async function click(page, selector, times = 1) {
  const box = await page.locator(selector).first().boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 14 })
  await think(page, 250)
  for (let i = 0; i < times; i++) {
    await page.mouse.down()
    await page.mouse.up()
    if (i + 1 < times) await think(page, 190)
  }
}

async function type(page, selector, text) {
  await page.locator(selector).click()
  await page.keyboard.type(text, { delay: 90 })
}

export const VISITS = [
  {
    ...BAHARI,
    name: 'payment',
    userAgent: ANDROID,
    options: phone,
    start: '/vehicles/toyota-noah',
    act: async (page) => {
      const tap = async (selector, times = 1) => {
        for (let i = 0; i < times; i++) {
          await page.locator(selector).tap()
          if (i + 1 < times) await think(page, 160)
        }
      }
      await think(page, 2_500)
      await tap('.gallery .photo')
      await think(page, 4_000)
      await tap('#book-now')
      await think(page, 1_500)
      await page.locator('#dates').selectOption('5')
      await think(page, 1_500)
      await tap('#continue')
      await think(page, 1_200)
      await type(page, '#name', 'A. Mushi')
      await tap('#continue')
      await think(page, 1_800)
      await type(page, '#phone', '+255 700 000 017')
      await tap('#continue')
      await think(page, 1_500)
      await type(page, '#mpesa', '0700 000 017')
      await tap('#pay-now')
      await think(page, 4_500)
      await tap('#pay-now', 6)
      await think(page, 8_500)
    },
  },
  {
    ...BAHARI,
    name: 'contact',
    userAgent: WINDOWS,
    options: desktop,
    start: '/vehicles',
    act: async (page) => {
      await think(page, 2_000)
      await click(page, '#filter-seats')
      await think(page, 1_500)
      await click(page, 'nav a[href="/locations/dar-es-salaam"]')
      await think(page, 1_500)
      await click(page, '#map')
      await think(page, 6_500)
      await click(page, 'nav a[href="/contact"]')
      await think(page, 1_200)
      await click(page, '#send')
      await think(page, 1_500)
      await type(page, '[name=name]', 'Upendo Lyimo')
      await type(page, '[name=email]', 'upendo')
      await type(page, '[name=message]', 'Do you deliver to Tanga?')
      await click(page, '#send')
      await think(page, 2_000)
      await type(page, '[name=email]', '@barua.example')
      await click(page, '#send')
      await think(page, 3_000)
    },
  },
  {
    ...DUKA,
    name: 'checkout',
    userAgent: WINDOWS,
    options: desktop,
    start: '/cart',
    act: async (page) => {
      await think(page, 2_000)
      await type(page, '#code', 'KARIBU10')
      await click(page, '#voucher', 5)
      await think(page, 8_000)
      await click(page, '#checkout')
      await think(page, 1_500)
      await click(page, '#place-order')
      await think(page, 1_500)
      await type(page, '#email', 'rehema@barua.example')
      await click(page, '#place-order')
      await think(page, 4_000)
      await click(page, '#place-order')
      await think(page, 3_000)
    },
  },
  {
    ...DUKA,
    name: 'catalogue',
    userAgent: WINDOWS,
    options: desktop,
    start: '/search',
    act: async (page) => {
      await think(page, 2_000)
      // To and fro over a list that does not move.
      for (let turn = 0; turn < 9; turn++) {
        await page.mouse.move(turn % 2 ? 520 : 320, 380, { steps: 3 })
        await think(page, 40)
      }
      await click(page, '#sort')
      await think(page, 2_500)
      await click(page, '#load-more')
      await think(page, 8_000)
      await click(page, 'a.product')
      await think(page, 1_500)
      await click(page, '#colour-blue', 6)
      await think(page, 2_500)
      await click(page, '#add')
      await think(page, 3_000)
    },
  },
]
