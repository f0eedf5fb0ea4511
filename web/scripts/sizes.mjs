// Prints the gzip size of every built file and fails when the initial JavaScript grows past its budget.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 350
const dist = new URL('../dist/', import.meta.url)
const kb = (path) => gzipSync(readFileSync(new URL(path, dist))).length / 1024

const html = readFileSync(new URL('index.html', dist), 'utf8')
const initial = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1])
const files = readdirSync(new URL('assets/', dist)).map((name) => `assets/${name}`).filter((name) => /\.(js|css)$/.test(name))

for (const file of files.sort((a, b) => kb(b) - kb(a))) {
  console.log(`${kb(file).toFixed(1).padStart(8)} KB gzip  ${file}${initial.includes(file) ? '  (initial)' : ''}`)
}
const total = initial.reduce((sum, file) => sum + kb(file), 0)
console.log(`${total.toFixed(1).padStart(8)} KB gzip  initial JavaScript (budget ${BUDGET_KB} KB)`)
if (total > BUDGET_KB) process.exit(1)
