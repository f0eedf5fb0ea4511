// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
// @ts-expect-error: a plain script
import { BUILT, buildScripts } from '../scripts/build.mjs'

/** The first script is on every page from its first moment, the second comes after it; the others only where wanted. */
const MAX_GZIP_BYTES = {
  'friction-tracker.js': 8192,
  'footfall-more.js': 8900,
  'footfall-recorder.js': 29.5 * 1024,
  'footfall-screenshot.js': 12 * 1024,
}

let sources: Record<string, string>
beforeAll(async () => {
  sources = (await buildScripts()) as Record<string, string>
}, 60_000)

const committed = (name: string): string => readFileSync(`${BUILT as string}/${name}`, 'utf8')

it('the committed scripts are what the sources build', () => {
  expect(readdirSync(BUILT as string).sort()).toEqual(Object.keys(sources).sort())
  for (const [name, text] of Object.entries(sources)) expect(committed(name) === text, name).toBe(true)
})

it.each(Object.entries(MAX_GZIP_BYTES))('%s stays within %i bytes', (name, limit) => {
  expect(gzipSync(committed(name), { level: 9 }).length).toBeLessThanOrEqual(limit)
})

it('the first script is one expression that leaves no names behind', () => {
  expect(committed('friction-tracker.js')).toMatch(/^\/\*![^*]*\*\/\s*\(\(\)=>\{[\s\S]*\}\)\(\);\s*$/)
})

it('neither script of every page needs what a strict policy forbids', () => {
  for (const name of ['friction-tracker.js', 'footfall-more.js']) {
    expect(committed(name)).not.toMatch(/\beval\(|new Function|innerHTML|document\.write|createElement\(/)
  }
})
