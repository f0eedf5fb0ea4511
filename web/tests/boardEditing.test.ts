// Boards that are edited: arranging, adding and removing cards, saving as a whole, and what happens when somebody else saves first.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { BOARD_AREAS } from '../src/app/boardPieces'
import { BARE, MONDAY, ODDS, PHONES, saveElsewhere } from './mock/boards'
import { seriousFindings, waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

const boardOf = (id: string) => dashboard.server.state.boards.find((board) => board.id === id)
const pieces = (id: string) => boardOf(id)?.cards.map(({ piece }) => piece.split('.')[1])
const saved = () => dashboard.server.state.changes.filter((change) => change.startsWith('PUT'))
const editor = (page: Page) => page.getByRole('region', { name: 'Edit the board' })
const handle = (page: Page, name: string) => page.getByRole('button', { name: `Move ${name}`, exact: true })
const names = (page: Page) =>
  page
    .getByRole('button', { name: /^Move / })
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')?.slice(5)))
const isFocused = (element: Element) => element === document.activeElement

async function edit(id: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(`/p/p1/boards/${id}`, options)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await editor(page).waitFor()
  await waitUntilLoaded(page)
  return page
}

async function save(page: Page) {
  await editor(page).getByRole('button', { name: 'Save' }).click()
  await page.getByText('Board saved').waitFor()
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
}

test('a board is edited as a whole, and saved with one request', async () => {
  const page = await edit(MONDAY)
  expect(await editor(page).getByRole('button', { name: 'Done' }).count()).toBe(1)
  await editor(page).getByRole('textbox', { name: 'Name of the board' }).fill('Tuesday morning ')
  await page.getByRole('group', { name: 'Width of Web vitals' }).getByRole('button', { name: 'A half' }).click()
  await page.getByRole('button', { name: 'Rename Visitors' }).click()
  const title = page.getByRole('textbox', { name: 'Title of the card' })
  await title.fill('People')
  await title.press('Enter')
  await expect.poll(() => page.getByRole('button', { name: 'Rename People' }).evaluate(isFocused)).toBe(true)
  await page.getByRole('button', { name: 'Rename Sessions' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Rename Visits on phones' }).click()
  await title.fill('')
  await title.press('Enter')
  await page.getByRole('button', { name: 'Rename Conversion rate' }).click()
  await title.fill('Not this')
  await title.press('Escape')
  expect(await names(page)).toContain('Conversion rate')
  await save(page)
  expect(saved()).toHaveLength(1)
  const board = boardOf(MONDAY)
  expect(board).toMatchObject({ name: 'Tuesday morning', visibility: 'project', version: 4 })
  expect(board?.cards.map(({ title }) => title).slice(0, 3)).toEqual(['People', null, null])
  expect(board?.cards.find(({ piece }) => piece === 'overview.vitals')?.width).toBe(2)
  await page.getByRole('heading', { name: 'Tuesday morning', level: 1 }).waitFor()
  expect(dashboard.address(page)).toBe(`/p/p1/boards/${MONDAY}`)
})

test('a card is moved by the keyboard, and each step is announced', async () => {
  const page = await edit(MONDAY)
  const says = page.getByRole('status').filter({ hasText: /Visitors/ })
  await handle(page, 'Visitors').focus()
  await page.keyboard.press('Space')
  await says.getByText('Visitors lifted.').waitFor()
  await page.keyboard.press('ArrowRight')
  await says.getByText('Visitors, place 2 of 10').waitFor()
  await page.keyboard.press('ArrowDown')
  await says.getByText('Visitors, place 5 of 10').waitFor()
  expect(await handle(page, 'Visitors').evaluate(isFocused)).toBe(true)
  await page.keyboard.press('Escape')
  await says.getByText('Visitors is back at place 1').waitFor()
  expect((await names(page))[0]).toBe('Visitors')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await says.getByText('Visitors dropped at place 3 of 10').waitFor()
  // What is dropped no longer follows the arrows.
  await page.keyboard.press('ArrowRight')
  await save(page)
  expect(pieces(MONDAY)?.slice(0, 4)).toEqual(['sessions', 'conversion-rate', 'visitors', 'revenue'])
})

test('a card is dragged to where the line shows it will stand', async () => {
  const page = await edit(MONDAY)
  const at = async (name: string) => {
    const box = await handle(page, name).boundingBox()
    return { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 10 }
  }
  const [from, to] = [await at('Revenue'), await at('Visitors')]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x - 100, from.y + 4, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 5 })
  expect(await page.locator('li[data-gap=before]').count()).toBe(1)
  await page.mouse.up()
  expect((await names(page)).slice(0, 2)).toEqual(['Revenue', 'Visitors'])
  expect(await page.locator('li[data-gap]').count()).toBe(0)
  // Escape leaves it where it was.
  await page.mouse.move(to.x, to.y)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y, { steps: 5 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect((await names(page)).slice(0, 2)).toEqual(['Revenue', 'Visitors'])
  await save(page)
  expect(pieces(MONDAY)?.slice(0, 2)).toEqual(['revenue', 'visitors'])
})

test('a removed card comes back where it was, as long as the board is edited', async () => {
  const page = await edit(MONDAY)
  await page.getByRole('button', { name: 'Remove Conversion rate' }).click()
  await expect.poll(() => handle(page, 'Revenue').evaluate(isFocused)).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  expect((await names(page))[2]).toBe('Conversion rate')
  expect(await editor(page).getByRole('button', { name: 'Done' }).count()).toBe(1)
  await page.getByRole('button', { name: 'Remove Goals' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await save(page)
  expect(pieces(MONDAY)).not.toContain('goals')
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
})

test('cards are added from the gallery, by area or by search', async () => {
  const page = await dashboard.visit(`/p/p1/boards/${BARE}`)
  await page.getByRole('button', { name: 'Add cards' }).click()
  await page.getByText('The board has no cards').waitFor()
  await editor(page).getByRole('button', { name: 'Add card' }).click()
  const gallery = page.getByRole('dialog', { name: 'Add cards' })
  await gallery.getByRole('region', { name: 'Retention' }).getByRole('button', { name: 'Add Cohorts' }).waitFor()
  expect(await gallery.getByRole('region').count()).toBe(BOARD_AREAS.length)
  expect(await gallery.getByRole('button', { name: 'Add Funnel' }).count()).toBe(0)
  await gallery.getByText('Add it from Funnels').first().waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await gallery.getByRole('textbox', { name: 'Search cards' }).fill('largest')
  await gallery.getByRole('button', { name: /^Add Largest/ }).click()
  await gallery.getByText('On the board').waitFor()
  expect(await gallery.getByRole('region').count()).toBe(1)
  await gallery.getByRole('textbox', { name: 'Search cards' }).fill('nothing like it')
  await gallery.getByText('No card has this name').waitFor()
  await gallery.getByRole('textbox', { name: 'Search cards' }).fill('friction')
  await gallery.getByRole('button', { name: 'Add Kinds of friction' }).click()
  await page.keyboard.press('Escape')
  await waitUntilLoaded(page)
  await save(page)
  expect(boardOf(BARE)?.cards).toMatchObject([
    { id: 'c1', piece: 'performance.largest-contentful-paint', search: '', width: 1 },
    { id: 'c2', piece: 'friction.kinds', search: '', width: 4 },
  ])
})

test('who saves second chooses: their board, or this one over it', async () => {
  const page = await edit(MONDAY)
  const name = editor(page).getByRole('textbox', { name: 'Name of the board' })
  await name.fill('Mine')
  saveElsewhere(dashboard.server.state, MONDAY, { name: 'Theirs' })
  await editor(page).getByRole('button', { name: 'Save' }).click()
  const alert = editor(page).getByRole('alert')
  await alert.getByText('Somebody else changed this board').waitFor()
  await alert.getByRole('button', { name: 'Load theirs' }).click()
  await expect.poll(() => name.inputValue()).toBe('Theirs')
  expect(await alert.count()).toBe(0)

  await name.fill('Mine after all')
  saveElsewhere(dashboard.server.state, MONDAY, { name: 'Theirs again' })
  await editor(page).getByRole('button', { name: 'Save' }).click()
  await alert.getByRole('button', { name: 'Keep mine' }).click()
  await alert.waitFor({ state: 'detached' })
  expect(await name.inputValue()).toBe('Mine after all')
  await save(page)
  expect(boardOf(MONDAY)).toMatchObject({ name: 'Mine after all', version: 6 })
})

test('what the server rejects stays to be corrected', async () => {
  const page = await edit(MONDAY)
  const name = editor(page).getByRole('textbox', { name: 'Name of the board' })
  await name.fill('')
  expect(await editor(page).getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await name.fill('taken')
  await editor(page).getByRole('button', { name: 'Save' }).click()
  await editor(page).getByText('The project has 100 boards').waitFor()
  expect(await name.inputValue()).toBe('taken')
})

test('leaving with changes asks, and another period of the board does not', async () => {
  const page = await edit(MONDAY)
  await page.getByRole('button', { name: 'Remove Goals' }).click()
  await page.getByRole('button', { name: /^Last 7 days/ }).click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await page.waitForURL('**period=30d**')
  expect(await names(page)).not.toContain('Goals')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await page.getByRole('link', { name: 'Friction', exact: true }).click()
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(dashboard.address(page)).toContain(MONDAY)
  await editor(page).getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
  expect(dashboard.address(page)).toBe(`/p/p1/boards/${MONDAY}?period=30d`)
  await page.getByRole('region', { name: 'Goals' }).waitFor()
  expect(saved()).toEqual([])
})

test('a board is duplicated, and deleted', async () => {
  const page = await dashboard.visit(`/p/p1/boards/${PHONES}`)
  await page.getByRole('button', { name: 'Actions for Checkout on phones' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await page.getByRole('heading', { name: 'Copy of Checkout on phones', level: 1 }).waitFor()
  expect(dashboard.server.state.boards.at(-1)).toMatchObject({ visibility: 'own', cards: boardOf(PHONES)?.cards })
  await page.getByRole('button', { name: 'Actions for Copy of Checkout on phones' }).click()
  await page.getByRole('menuitem', { name: 'Delete board' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Copy of Checkout on phones?' })
  await dialog.getByRole('button', { name: 'Delete board' }).click()
  await page.waitForURL('**/p/p1/boards')
  await page.getByRole('link', { name: 'Checkout on phones' }).waitFor()
  expect(await page.getByRole('link', { name: /^Copy of/ }).count()).toBe(0)
})

test('others read what they may not change', async () => {
  const { state } = dashboard.server
  state.projects = state.projects.map((project) => ({ ...project, role: 'analyst' }))
  const page = await dashboard.visit(`/p/p1/boards/${PHONES}?edit=true`)
  await page.getByRole('button', { name: 'Actions for Checkout on phones' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Delete board' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0)
  expect(await editor(page).count()).toBe(0)
})

test('a card is moved by touch on a small screen', async () => {
  const page = await edit(ODDS, { viewport: { width: 360, height: 740 }, hasTouch: true })
  await handle(page, 'Visitors').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  expect((await names(page))[1]).toBe('Visitors')
  const box = await handle(page, 'Visitors').boundingBox()
  const client = await page.context().newCDPSession(page)
  const [x, y] = [(box?.x ?? 0) + 12, (box?.y ?? 0) + 12]
  const touch = (type: 'touchStart' | 'touchMove', dy: number) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: y + dy }] })
  await touch('touchStart', 0)
  for (const dy of [-10, -60, -150, -240]) await touch('touchMove', dy)
  await page.locator('li[data-gap]').waitFor()
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await expect.poll(async () => (await names(page))[0]).toBe('Visitors')
})
