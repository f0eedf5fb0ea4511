// Prints the gzip size of every built file, and fails when the JavaScript before the Overview's first figure grows past its budget.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 252
const dist = new URL('../dist/', import.meta.url)
const kb = (path) => gzipSync(readFileSync(new URL(path, dist))).length / 1024
const line = (size, text) => console.log(`${size.toFixed(1).padStart(8)} KB gzip  ${text}`)

// Vite's list of chunks and their imports; the server has no use for it.
const chunks = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
rmSync(new URL('.vite/', dist), { recursive: true })

/** The scripts that load before any of these runs: they and what they import. */
function scriptsOf(...names) {
  const found = new Set()
  const visit = (name) => {
    const { file, imports = [] } = chunks[name]
    if (found.has(file)) return
    found.add(file)
    imports.forEach(visit)
  }
  names.forEach(visit)
  return found
}

const start = ['index.html', 'src/features/overview/Page.tsx']
const figure = scriptsOf(...start)
const chart = scriptsOf(...start, 'src/charts/TimeSeriesCanvas.tsx')
const files = readdirSync(new URL('assets/', dist))
  .map((name) => `assets/${name}`)
  .filter((name) => /\.(js|css)$/.test(name))

for (const file of files.sort((a, b) => kb(b) - kb(a))) {
  line(kb(file), `${file}${figure.has(file) ? '  (first figure)' : chart.has(file) ? '  (first chart)' : ''}`)
}
const total = (scripts) => [...scripts].reduce((sum, file) => sum + kb(file), 0)
line(total(scriptsOf('index.html')), 'JavaScript of every page')
line(total(figure), `JavaScript before the first figure (budget ${BUDGET_KB} KB)`)
line(total(chart), 'JavaScript before the first chart')
if (total(figure) > BUDGET_KB) process.exit(1)
