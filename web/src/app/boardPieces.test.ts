// The catalogue of pieces: each is found by its name, and whatever names pieces names those that are there.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { STARTERS } from '../features/boards/starters'
import { SHARED_PAGES } from '../features/share-links/model'
import { BOARD_AREAS } from './boardPieces'

const loaded = await Promise.all(BOARD_AREAS.map(async (area) => ({ area, pieces: await area.load() })))
const known = new Set(loaded.flatMap(({ pieces }) => pieces.map(({ id }) => id)))

test('pieces are named by their area, once, as the server takes names', () => {
  const all = loaded.flatMap(({ area, pieces }) => pieces.map(({ id }) => ({ area: area.name, id })))
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter(({ area, id }) => !id.startsWith(`${area}.`))).toEqual([])
  expect(all.filter(({ id }) => !/^[a-z0-9-]+\.[a-z0-9-]+$/.test(id) || id.length > 80)).toEqual([])
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})

test('the sets to begin with are of pieces from the gallery', () => {
  const pieces = loaded.flatMap((one) => one.pieces)
  for (const [name] of STARTERS.flatMap(({ cards }) => cards))
    expect(pieces.find(({ id }) => id === name)?.needs, name).toBeUndefined()
  expect(STARTERS.flatMap(({ cards }) => cards.map(([name]) => name)).filter((name) => !known.has(name))).toEqual([])
})

test('cards of pages put pieces on boards that are there', () => {
  const features = new URL('../features/', import.meta.url).pathname
  const named = readdirSync(features, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) => [...readFileSync(features + name, 'utf8').matchAll(/\bpiece="([^"]+)"/g)])
    .map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((name) => !known.has(name))).toEqual([])
})

test('the boards of the demo are of pieces that are there', () => {
  const demo = readFileSync(new URL('../../../crates/server/src/demo/staff/boards.rs', import.meta.url), 'utf8')
  const named = [...demo.matchAll(/card\("[^"]+", "([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(named.length).toBeGreaterThan(6)
  expect(named.filter((name) => !known.has(name))).toEqual([])
})

test('outsiders are shown the areas whose pages can be shared', () => {
  expect(BOARD_AREAS.filter(({ isShared }) => isShared).map(({ name }) => name)).toEqual([...SHARED_PAGES])
})
