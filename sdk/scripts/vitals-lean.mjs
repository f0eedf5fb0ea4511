// Builds `web-vitals` without what we do not report (soft navigations, restored pages, ratings,
// attribution): its measuring stays the library's own, while small helper modules are replaced by those in
// `src/vitals-lean`, and the conditions that can then never hold become `false`, for the minifier to drop.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

const REPLACED = [
  'bfcache',
  'bindReporter',
  'initMetric',
  'initUnique',
  'interactionCountPolyfill',
  'softNavs',
  'whenActivated',
]

const NEVER = [
  "navigationType === 'soft-navigation'",
  "navigationType === 'back-forward-cache'",
  "entry.entryType === 'soft-navigation'",
  "entry.entryType === 'interaction-contentful-paint'",
  'opts.reportAllChanges',
  'document.prerendering',
]

/** Newer than our target, and nothing would catch its absence. */
const NEWER = '.at(-1)'

/** Calls that only the attribution build answers. */
const HOOKS = [
  'this._onBeforeProcessingEntry?.',
  'this._onAfterProcessingINPCandidate?.',
  'this._onAfterProcessingUnexpectedShift?.',
]

/** `isUsed`: the bundle contains the library, so all that we replace must be found in it. */
export const vitalsLean = (root, isUsed) => ({
  name: 'vitals-lean',
  setup(build) {
    const unused = new Set([...REPLACED, ...NEVER, ...HOOKS, NEWER])
    const replaceAll = (text, part, by) => {
      if (text.includes(part)) unused.delete(part)
      return text.replaceAll(part, by)
    }
    build.onResolve({ filter: /^web-vitals$/ }, () => ({
      path: `${root}/node_modules/web-vitals/dist/modules/index.js`,
      sideEffects: false,
    }))
    build.onLoad({ filter: /web-vitals\/dist\/modules\// }, ({ path }) => {
      const name = basename(path, '.js')
      const ours = `${root}/src/vitals-lean/${name}.ts`
      unused.delete(name)
      let contents = readFileSync(existsSync(ours) ? ours : path, 'utf8')
      for (const condition of NEVER) contents = replaceAll(contents, condition, 'false')
      for (const hook of HOOKS) contents = replaceAll(contents, hook, '(() => {})')
      contents = replaceAll(contents, NEWER, '.slice(-1)[0]')
      // As TypeScript, so that class fields become plain assignments.
      return { contents, loader: 'ts' }
    })
    build.onEnd(() => {
      if (isUsed && unused.size) throw new Error(`web-vitals has changed: nothing is left of ${[...unused].join(', ')}`)
    })
  },
})
