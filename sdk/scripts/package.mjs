// Builds the npm package into `dist/`: `node scripts/package.mjs`.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { vitalsLean } from './vitals-lean.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

export const DIST = `${root}/dist`

const NOTICE = `/*! Footfall ${version}, with web-vitals (Google); Apache-2.0 */`

/** Of the scripts that visits are recorded with: the server's own, whichever version it is. */
const SERVED = {
  SDK_RECORDER: JSON.stringify('footfall-recorder.js'),
  SDK_SCREENSHOT: JSON.stringify('footfall-screenshot.js'),
}

/** Modules without a dependency of theirs. The signals stand alone: their library cannot be shaken out. */
export const buildModules = async (options = {}) => {
  const common = {
    absWorkingDir: root,
    outdir: DIST,
    bundle: true,
    format: 'esm',
    target: 'es2019',
    charset: 'utf8',
    legalComments: 'none',
    define: { SDK_VERSION: JSON.stringify(version), ...SERVED },
    ...options,
  }
  const [core, react] = await Promise.all([
    build({
      ...common,
      entryPoints: { index: 'src/npm.ts', signals: 'src/npm-signals.ts' },
      splitting: true,
      chunkNames: 'shared-[hash]',
      banner: { js: NOTICE },
      plugins: [vitalsLean(root)],
    }),
    build({
      ...common,
      entryPoints: { react: 'src/react/index.ts' },
      external: ['react'],
      // Frameworks that render on the server must not look for hooks there.
      banner: { js: `'use client'\n${NOTICE.replace(', with web-vitals (Google)', '')}` },
    }),
  ])
  return [...(core.outputFiles ?? []), ...(react.outputFiles ?? [])]
}

/** Declarations name their neighbours with an ending, as Node's own resolution wants it. */
const endImports = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) endImports(path)
    else {
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, text.replace(/(from '|import\(')(\.[^']*)(?=')/g, '$1$2.js'))
    }
  }
}

export const buildPackage = async () => {
  rmSync(DIST, { recursive: true, force: true })
  await buildModules()
  const tsc = `${root}/node_modules/.bin/tsc`
  execFileSync(tsc, ['-p', `${root}/tsconfig.package.json`], { stdio: 'inherit' })
  endImports(`${DIST}/types`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPackage()
