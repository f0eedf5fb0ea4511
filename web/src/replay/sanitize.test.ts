// Recorded events after sanitising: nothing of the hostile corpus is left in them, and what belongs to the page stays.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sanitizeAttribute } from './attributes'
import { MAX_DEPTH, MAX_NODES } from './bounds'
import { BODY, EVIL, HOSTILE, PAYLOAD, recording } from './hostileRecordings'
import { type SafeEvent, Sanitizer } from './sanitize'
import type { SafeNode } from './tree'

const REAL = JSON.parse(readFileSync(new URL('../../tests/data/recording.json', import.meta.url), 'utf8')) as {
  chunks: unknown[][]
}

function sanitised(events: unknown[]): { events: SafeEvent[]; sanitizer: Sanitizer } {
  const sanitizer = new Sanitizer()
  return { events: sanitizer.take(JSON.parse(JSON.stringify(events))), sanitizer }
}

/** All nodes of events, without recursion. */
function nodesOf(events: SafeEvent[]): { node: SafeNode; depth: number }[] {
  const roots = events.flatMap(({ data }) => [
    ...(data.node ? [data.node as SafeNode] : []),
    ...((data.adds as { node?: SafeNode }[] | undefined) ?? []).flatMap(({ node }) => node ?? []),
  ])
  const found: { node: SafeNode; depth: number }[] = []
  const stack = roots.map((node) => ({ node, depth: 0 }))
  for (let at = stack.pop(); at; at = stack.pop()) {
    found.push(at)
    for (const child of at.node.childNodes ?? []) stack.push({ node: child, depth: at.depth + 1 })
  }
  return found
}

const ACTIVE = new Set([
  'script',
  'meta',
  'base',
  'link',
  'object',
  'embed',
  'applet',
  'frame',
  'frameset',
  'portal',
  'fencedframe',
  'param',
  'bgsound',
])

test.each(HOSTILE)('$name keeps no active element, handler or address', ({ events }) => {
  const { events: safe } = sanitised(events)
  for (const { node, depth } of nodesOf(safe)) {
    if (depth > MAX_DEPTH) throw new Error(`a node is ${depth} deep`)
    if (node.tagName === undefined) continue
    if (ACTIVE.has(node.tagName)) throw new Error(`a ${node.tagName} is left`)
    for (const [name, value] of Object.entries(node.attributes ?? {})) {
      if (/^on|srcdoc|srcset|http-equiv|ping/i.test(name)) throw new Error(`${node.tagName} has ${name}`)
      if (name === '_cssText') {
        if (/@import|url\((?!"(?:data:|#))/i.test(String(value))) throw new Error(`a style asks: ${String(value)}`)
      } else if (String(value).includes(EVIL) && !/^(?:value|name)$/.test(name))
        throw new Error(`${node.tagName} ${name}=${String(value)}`)
      if (/^\s*javascript:/i.test(String(value))) throw new Error(`${node.tagName} ${name} is a script`)
    }
  }
  const changes = safe.flatMap(({ data }) => (data.attributes as { attributes: object }[] | undefined) ?? [])
  expect(JSON.stringify(changes)).not.toContain(EVIL)
  expect(
    safe.every(({ timestamp }, index) => Number.isFinite(timestamp) && timestamp >= (safe[index - 1]?.timestamp ?? 0)),
  ).toBe(true)
})

test.each(HOSTILE.filter(({ bound }) => bound))('$name reaches a bound, and says which', ({ events }) => {
  expect(sanitised(events).sanitizer.bounds).not.toEqual([])
})

test('a real recording keeps its events, nodes and styles', () => {
  const { events, sanitizer } = sanitised(REAL.chunks.flat())
  expect(sanitizer.bounds).toEqual([])
  expect(events).toHaveLength(REAL.chunks.flat().length)
  const raw = nodesOf(REAL.chunks.flat() as SafeEvent[])
  const safe = nodesOf(events)
  expect(safe.length).toBe(raw.length)
  const css = safe.find(({ node }) => node.attributes?._cssText !== undefined)?.node.attributes?._cssText
  expect(String(css)).toContain('{')
})

test('a second snapshot begins anew, with the same ids', () => {
  const events = recording([])
  const twice = sanitised([
    ...events,
    ...events.map((event) => ({ ...(event as object), timestamp: 1_790_000_009_000 })),
  ])
  expect(twice.events).toHaveLength(2 * events.length)
})

test('parts before the first snapshot are left out, and so are changes of unknown nodes', () => {
  const change = {
    source: 0,
    adds: [],
    removes: [{ id: 77, parentId: 5 }],
    texts: [{ id: 78, value: 'x' }],
    attributes: [{ id: 79, attributes: { class: 'x' } }],
  }
  expect(sanitised([{ type: 3, timestamp: 1, data: change }]).events).toEqual([])
  const { events } = sanitised(recording([], [], [change]))
  expect(events[2]?.data).toEqual({ source: 0, adds: [], removes: [], texts: [], attributes: [] })
})

test('a node is added once, and again where it was removed before', () => {
  const add = { parentId: BODY, nextId: null, node: { type: 3, id: 900, textContent: 'x' } }
  const { events } = sanitised(
    recording(
      [],
      [],
      [
        { source: 0, adds: [add, add] },
        { source: 0, removes: [{ id: 900, parentId: BODY }], adds: [add] },
      ],
    ),
  )
  expect((events[2]?.data.adds as unknown[]).length).toBe(1)
  expect((events[3]?.data.adds as unknown[]).length).toBe(1)
})

test('children that are named before their parent are added after it', () => {
  const adds = [
    { parentId: 901, nextId: 12_345, node: { type: 3, id: 902, textContent: 'x' } },
    { parentId: BODY, nextId: null, node: { type: 2, id: 901, tagName: 'p', attributes: {}, childNodes: [] } },
  ]
  const { events } = sanitised(recording([], [], [{ source: 0, adds }]))
  expect(
    (events[2]?.data.adds as { node: SafeNode; nextId: unknown }[]).map(({ node, nextId }) => [node.id, nextId]),
  ).toEqual([
    [901, null],
    [902, null],
  ])
})

test('the bound of nodes is of a page, not of its snapshots together', () => {
  const body = Array.from({ length: MAX_NODES / 2 + 10_000 }, () => ({
    type: 2,
    tagName: 'i',
    attributes: {},
    childNodes: [],
  }))
  const events = JSON.parse(JSON.stringify(recording(body))) as object[]
  const { sanitizer } = sanitised([...events, ...events.map((event) => ({ ...event, timestamp: 1_790_000_009_000 }))])
  expect(sanitizer.bounds).toEqual([])
}, 30_000)

test.each([
  ['img', 'src', 'data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
  ['a', 'href', 'https://x.example/', '#'],
  ['div', 'onclick', PAYLOAD, undefined],
  ['div', 'title', 'f(x)', 'f(x)'],
  ['div', 'style', 'width:calc(1px);background:url(//x)', 'width:calc(1px);background:none'],
  ['form', 'name', 'head', undefined],
  ['input', 'name', 'email', 'email'],
  ['video', 'src', 'data:video/mp4,x', undefined],
  ['x-a', 'data-url', 'javascript:1', 'javascript:1'],
  ['img', 'rr_dataURL', 'http://x', undefined],
  ['div', 'rr_width', '12px', '12px'],
  ['div', 'rr_width', 'url(x)', undefined],
])('<%s %s="%s"> keeps %s', (tag, name, value, kept) => {
  expect(sanitizeAttribute(tag, false, name, value)).toBe(kept)
})
