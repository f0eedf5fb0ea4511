// @vitest-environment node
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
// @ts-expect-error: a plain script
import { BUILT, buildScript } from '../scripts/build.mjs'

const MAX_GZIP_BYTES = 8192

it('the committed script is what the sources build', async () => {
  expect(readFileSync(BUILT as string, 'utf8') === (await buildScript())).toBe(true)
}, 60_000)

it('the committed script stays within its size', () => {
  expect(gzipSync(readFileSync(BUILT as string), { level: 9 }).length).toBeLessThanOrEqual(MAX_GZIP_BYTES)
})

it('the committed script is one expression that leaves no names behind', () => {
  expect(readFileSync(BUILT as string, 'utf8')).toMatch(/^\/\*![^*]*\*\/\s*\(\(\)=>\{[\s\S]*\}\)\(\);\s*$/)
})
