// The rules of the tree: who may import whom, how long a file may be, and that each states its purpose.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve(__dirname)
const MAX_LINES = 300
/** The formatter gives every declaration a line. */
const MAX_STYLE_LINES = 500

/** lib ← {api, ui, charts} ← features ← app; lib ← replay, a page of its own */
const MAY_IMPORT: Record<string, string[]> = {
  lib: ['lib'],
  api: ['lib', 'api'],
  ui: ['lib', 'ui'],
  charts: ['lib', 'charts'],
  replay: ['lib', 'replay'],
  features: ['lib', 'api', 'ui', 'charts', 'features'],
  app: ['lib', 'api', 'ui', 'charts', 'features', 'app'],
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(tsx?|css)$/.test(name) && !name.includes('.gen.'))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))
const code = files.filter(({ name }) => /\.tsx?$/.test(name))

function importsOf(name: string, text: string): string[] {
  const sources = [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map((match) => match[1] as string)
  return sources.map((source) => relative(SRC, resolve(SRC, name, '..', source)))
}

test('imports go lib ← {api, ui, charts} ← features ← app', () => {
  const breaches = code.flatMap(({ name, text }) => {
    const layer = name.split('/')[0] ?? ''
    return importsOf(name, text)
      .filter((target) => MAY_IMPORT[layer] && !MAY_IMPORT[layer].includes(target.split('/')[0] ?? ''))
      .map((target) => `${name} → ${target}`)
  })
  expect(breaches).toEqual([])
})

test('features do not import each other', () => {
  const breaches = code
    .filter(({ name }) => name.startsWith('features/'))
    .flatMap(({ name, text }) => {
      const feature = name.split('/')[1]
      return importsOf(name, text)
        .filter((target) => target.startsWith('features/') && target.split('/')[1] !== feature)
        .map((target) => `${name} → ${target}`)
    })
  expect(breaches).toEqual([])
})

test('the rule sees imports', () => {
  expect(
    importsOf('features/a/Page.tsx', "import { x } from '../b/model'\nconst y = lazy(() => import('../../app/z'))"),
  ).toEqual(['features/b/model', 'app/z'])
})

test('no file is longer than 300 lines', () => {
  expect(
    files
      .filter(({ name, text }) => text.split('\n').length > (name.endsWith('.css') ? MAX_STYLE_LINES : MAX_LINES))
      .map(({ name }) => name),
  ).toEqual([])
})

test('every code file starts with its purpose', () => {
  expect(
    code.filter(({ text }) => !/^(?:\/\/ @vitest.*\n)?\/\/ [A-Z].+[.:]/.test(text)).map(({ name }) => name),
  ).toEqual([])
})

test('only the chart wrapper imports ECharts', () => {
  const importers = code.filter(({ text }) => /^import .*from 'echarts/m.test(text)).map(({ name }) => name)
  expect(importers.every((name) => name.startsWith('charts/'))).toBe(true)
})

test('only the page that replays recordings imports rrweb', () => {
  const importers = code.filter(({ text }) => /^import .*'@rrweb\//m.test(text)).map(({ name }) => name)
  expect(importers).toEqual(['replay/main.ts'])
})

test('nothing used injects a <style>, which the CSP forbids', () => {
  const injecting = /\b(AppShell|SimpleGrid|Grid|ColorSchemeScript|RemoveScroll)\b[^'"\n]*from '@mantine\/core'/
  expect(code.filter(({ text }) => injecting.test(text)).map(({ name }) => name)).toEqual([])
})
