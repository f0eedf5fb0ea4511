// Builds the scripts that the server serves: `node scripts/build.mjs [folder]`.

import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { minify } from 'terser'
import { vitalsLean } from './vitals-lean.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

export const BUILT = `${root}/built`

/** Fetched by the first script; a module, so that it needs no global name to be found by. */
const MORE = 'footfall-more.js'
/** Fetched where a visit is recorded, or a page pictured; by the second script, each by itself. */
const RECORDER = 'footfall-recorder.js'
const SCREENSHOT = 'footfall-screenshot.js'

/** Members of our own objects, unknown to pages, browsers and the server: they may be called anything. */
const OURS =
  /^_|[a-z]Ms$|^(adopt|answered|batchMax|begins|bus|busy|capture|config|element|emit|entry|final|hold|isIgnored|last|leave|mode|queue|rejoin|release|save|selectorOf|settings|subject|together|uuid|wake)$/

/** Names the sources, so that a browser never joins two scripts that were not built together. */
const nameSources = () => {
  const hash = createHash('sha256').update(version)
  const files = readdirSync(`${root}/src`, { recursive: true }).filter((file) => file.endsWith('.ts'))
  for (const file of files.sort()) hash.update(readFileSync(`${root}/src/${file}`))
  return hash.digest('hex').slice(0, 8)
}

/** esbuild bundles and lowers to ES2019; terser, which inlines what is used once, makes it a tenth smaller. */
const bundle = async (entryPoint, mangleCache, isOurs = true) => {
  const built = await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    bundle: true,
    format: 'esm',
    target: 'es2019',
    // Younger than the rest of our target by months: where it is missing, so is the second script's use.
    supported: { 'dynamic-import': true },
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    // What others wrote has names like ours that are its own.
    ...(isOurs && { mangleProps: OURS, mangleCache }),
    write: false,
    define: {
      SDK_VERSION: JSON.stringify(version),
      SDK_MORE: JSON.stringify(`${MORE}?v=${nameSources()}`),
      SDK_RECORDER: JSON.stringify(`${RECORDER}?v=${nameSources()}`),
      SDK_SCREENSHOT: JSON.stringify(`${SCREENSHOT}?v=${nameSources()}`),
    },
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    plugins: [vitalsLean(root, entryPoint === 'src/more/index.ts')],
  })
  return { text: built.outputFiles[0].text, mangleCache: built.mangleCache }
}

const shrink = async (text, note, isModule) => {
  const { code } = await minify(text, {
    ecma: 2019,
    module: isModule,
    // `unsafe` joins texts with `+`; functions that are written once and called twice stay functions.
    compress: {
      passes: 4,
      unsafe_arrows: true,
      pure_getters: true,
      keep_fargs: false,
      inline: 0,
      unsafe: true,
      lhs_constants: false,
    },
    format: { comments: false, preamble: `/*! Footfall ${version}${note}; Apache-2.0 */` },
  })
  return `${code}\n`
}

/** Text by file name. The second script calls what it shares with the first by the same short names. */
export const buildScripts = async () => {
  const first = await bundle('src/index.ts', {})
  const more = await bundle('src/more/index.ts', first.mangleCache)
  const recorder = await bundle('src/recorder/index.ts', undefined, false)
  const screenshot = await bundle('src/screenshot/index.ts', undefined, false)
  return {
    [RECORDER]: await shrink(recorder.text, ', with rrweb (MIT)', true),
    [SCREENSHOT]: await shrink(screenshot.text, ', with modern-screenshot (MIT)', true),
    'friction-tracker.js': await shrink(`(() => {${first.text}})()`, '', false),
    [MORE]: await shrink(more.text, ', with web-vitals (Google)', true),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? BUILT
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(await buildScripts())) writeFileSync(`${folder}/${name}`, text)
}
