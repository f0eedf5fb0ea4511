// @vitest-environment node
// The npm package as it is built: in Node, where there is no page, and by its size.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
// @ts-expect-error: a plain script
import { buildPackage, DIST } from '../scripts/package.mjs'

const ROOT = new URL('..', import.meta.url).pathname
/** A site that has the package installed, below the build so that nobody commits it. */
const SITE = `${DIST}/site`

const run = (source: string): unknown =>
  JSON.parse(execFileSync('node', ['--input-type=module', '-e', source], { cwd: SITE, encoding: 'utf8' }))

/** What a site's bundler makes of one import, without React. */
const sizeOf = async (source: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: SITE },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2019',
    external: ['react'],
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

beforeAll(async () => {
  await (buildPackage as () => Promise<void>)()
  mkdirSync(`${SITE}/node_modules/@footfall`, { recursive: true })
  symlinkSync(ROOT, `${SITE}/node_modules/@footfall/browser`)
  writeFileSync(`${SITE}/package.json`, '{"type":"module"}')
}, 120_000)
afterAll(() => rmSync(SITE, { recursive: true, force: true }))

it('nothing asks for a page when it is imported or called on a server', () => {
  const found = run(`
    import { createFootfall, widget } from '@footfall/browser'
    import { startSignals } from '@footfall/browser/signals'
    import { FootfallProvider, SessionTracker, useBehaviorTracking, useWidget } from '@footfall/browser/react'
    import { createElement } from 'react'
    import { renderToString } from 'react-dom/server'
    const options = { apiKey: 'fk_test', endpoint: 'https://footfall.example' }
    globalThis.fetch = () => { throw new Error('sent something') }
    const footfall = createFootfall(options)
    footfall.identify({ id: 1 })
    footfall.track('booking.started')
    footfall.behavior.trackSearch('villa')
    footfall.trackSessions()()
    footfall.widget('w').callStart()
    widget('w', options).load()
    footfall.flush()
    footfall.signOut()
    footfall.stop()
    const Page = () => {
      useBehaviorTracking().trackSearch('villa')
      useWidget('w').open()
      return createElement(SessionTracker, { user: { id: 1 } })
    }
    const html = renderToString(createElement(FootfallProvider, { footfall }, createElement(Page), 'Shop'))
    console.log(JSON.stringify([html, startSignals(options) === undefined]))`)
  expect(found).toEqual(['Shop', true])
})

it('nothing keeps a server alive', () => {
  const source = `import { createFootfall } from '@footfall/browser'
    createFootfall({ apiKey: 'fk_test', endpoint: 'https://footfall.example' }).trackSessions()
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')))`
  expect(run(source)).toEqual([])
})

it.each([
  ['all hooks', "export * from '@footfall/browser/react'", 2048],
  ['everything of customers', "export * from '@footfall/browser'", 10_752],
  ['a widget alone', "export { widget } from '@footfall/browser'", 6656],
  ['the signals', "export * from '@footfall/browser/signals'", 18_176],
])('%s is small in a site’s bundle', async (_name, source, maxBytes) => {
  expect(await sizeOf(source)).toBeLessThanOrEqual(maxBytes)
})

it('its types are understood by both ways to resolve them', () => {
  writeFileSync(
    `${SITE}/site.ts`,
    `import { createFootfall, type Customer, type Footfall } from '@footfall/browser'
     import { SessionTracker, useBehaviorTracking } from '@footfall/browser/react'
     import { startSignals } from '@footfall/browser/signals'
     export const footfall: Footfall = createFootfall({ apiKey: 'k', endpoint: 'e', automatic: { forms: true } })
     export const customer: Customer = { id: 1, first_name: 'A' }
     footfall.track('booking.started', { vehicle_id: 1, total_amount: 2, seats: 3 })
     footfall.track('villa.viewed', { item_id: 1 })
     // @ts-expect-error: an amount is a number
     footfall.track('booking.completed', { total_amount: '2' })
     // @ts-expect-error: not an event of the contract
     footfall.track('booking.imagined')
     export const later = [SessionTracker, useBehaviorTracking, startSignals]`,
  )
  const strict = { noEmit: true, strict: true, exactOptionalPropertyTypes: true, target: 'es2022', types: [] }
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    const tsconfig = { compilerOptions: { ...strict, module, moduleResolution }, files: ['site.ts'] }
    writeFileSync(`${SITE}/tsconfig.json`, JSON.stringify(tsconfig))
    const complaints = execFileSync(`${ROOT}node_modules/.bin/tsc`, ['-p', SITE], { encoding: 'utf8' })
    expect(complaints).toBe('')
  }
}, 60_000)

it('its modules say what they are', () => {
  expect(readFileSync(`${DIST}/react.js`, 'utf8')).toMatch(/^'use client'/)
  expect(readFileSync(`${DIST}/index.js`, 'utf8')).toMatch(/^\/\*! Footfall/)
})
