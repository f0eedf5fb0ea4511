// The hand of a visitor on a page: fingers tap and swipe, a mouse moves, clicks and wheels.

const hasTouch = (page) => page.evaluate(() => matchMedia('(hover: none)').matches)

/** Scrolls down by so many pixels, up by negative ones, as slowly as a hand. */
export const look = (pixels) => async (page) => {
  const parts = Math.max(1, Math.round(Math.abs(pixels) / 45))
  for (let i = 0; i < parts; i++) {
    await page.evaluate((by) => scrollBy(0, by), pixels / parts)
    await page.waitForTimeout(40)
  }
}

/** Scrolls until the element is well on the screen. */
async function bringUp(page, selector) {
  const { y, height } = await page.locator(selector).first().boundingBox()
  const screen = page.viewportSize().height
  if (y < 0 || y + height > screen - 20) await look(Math.round(y - screen * 0.4))(page)
}

async function click(page, selector, times) {
  const { x, y, width, height } = await page.locator(selector).first().boundingBox()
  // Not quite the middle, as hands do.
  await page.mouse.move(x + width * 0.44, y + height * 0.56, { steps: 14 })
  await page.waitForTimeout(250)
  for (let i = 0; i < times; i++) {
    if (i > 0) await page.waitForTimeout(190)
    await page.mouse.down()
    await page.mouse.up()
  }
}

async function tap(page, selector, times) {
  const element = page.locator(selector).first()
  for (let i = 0; i < times; i++) {
    if (i > 0) await page.waitForTimeout(160)
    await element.tap()
  }
}

export const press = (selector, times = 1) => async (page) => {
  await bringUp(page, selector)
  await ((await hasTouch(page)) ? tap : click)(page, selector, times)
}

export const type = (selector, text) => async (page) => {
  await press(selector)(page)
  await page.keyboard.press('End')
  await page.keyboard.type(text, { delay: 90 })
}

export const pressEnter = () => (page) => page.keyboard.press('Enter')

export const choose = (selector, value) => (page) => page.locator(selector).selectOption(value)

/** To and fro over a list that does not move. */
export const thrash = (x, y) => async (page) => {
  for (let turn = 0; turn < 9; turn++) {
    await page.mouse.move(turn % 2 ? x + 200 : x, y, { steps: 3 })
    await page.waitForTimeout(40)
  }
}

/** Nothing but to look a little longer. */
export const see = () => () => {}
