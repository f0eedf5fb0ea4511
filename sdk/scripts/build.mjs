// Builds the script that the server serves: `node scripts/build.mjs [outfile]`.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { minify } from 'terser'
import { vitalsLean } from './vitals-lean.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

export const BUILT = `${root}/built/friction-tracker.js`

/** Members of our own objects, unknown to pages, browsers and the server: they may be called anything. */
const OURS = /^_|[a-z]Ms$|^(adopt|answered|bus|emit|final|hold|leave|release|subject|together|wake)$/

/** esbuild bundles and lowers to ES2019; terser, which inlines what is used once, makes it a tenth smaller. */
export const buildScript = async () => {
  const bundle = await build({
    absWorkingDir: root,
    entryPoints: ['src/index.ts'],
    bundle: true,
    format: 'iife',
    target: 'es2019',
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    mangleProps: OURS,
    write: false,
    define: { SDK_VERSION: JSON.stringify(version) },
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    plugins: [vitalsLean(root)],
  })
  const { code } = await minify(bundle.outputFiles[0].text, {
    ecma: 2019,
    compress: { passes: 4, unsafe_arrows: true, pure_getters: true, keep_fargs: false },
    format: { comments: false, preamble: `/*! Footfall ${version}, with web-vitals (Google); Apache-2.0 */` },
  })
  return `${code}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outfile = process.argv[2] ?? BUILT
  mkdirSync(dirname(outfile), { recursive: true })
  writeFileSync(outfile, await buildScript())
}
