// The mock's journeys: visits to the ferry booking site as pages one after the other, counted as the server counts them.
import type { JourneyNode, Journeys } from '../../src/features/journeys/api'
import { overviewOf } from './overview'
import { pick, type Random, seeded } from './random'
import type { MockState } from './state'

const VISITS = 2_400

/** Where a page leads to; null ends the visit. */
const NEXT: Record<string, readonly (string | null)[]> = {
  '/': [
    '/timetable',
    '/timetable',
    '/routes',
    '/routes',
    '/offers',
    '/help',
    '/offers/easter-weekend-return-tickets',
    null,
    null,
  ],
  '/routes': ['/routes/zanzibar-pemba', '/timetable', '/timetable', '/book/seats', null],
  '/routes/zanzibar-pemba': ['/timetable', '/book/seats', null],
  '/timetable': ['/book/seats', '/book/seats', '/routes', '/offers', '/', null],
  '/offers': ['/book/seats', '/offers/easter-weekend-return-tickets', '/timetable', null],
  '/offers/easter-weekend-return-tickets': ['/book/seats', '/', null],
  '/book/seats': ['/checkout', '/checkout', '/checkout', '/timetable', '/help/luggage-and-vehicles', null],
  '/checkout': ['/checkout/confirmed', '/checkout/confirmed', '/help/payment', '/book/seats', null, null],
  '/checkout/confirmed': ['/', '/account', null, null, null],
  '/help': ['/help/luggage-and-vehicles', '/help/payment', '/contact', null],
  '/help/payment': ['/checkout', '/contact', null],
  '/help/luggage-and-vehicles': ['/book/seats', '/contact', null],
  '/account': ['/', null],
  '/contact': ['/', null, null],
}
const ENTRIES = [
  '/',
  '/',
  '/',
  '/',
  '/timetable',
  '/routes',
  '/offers/easter-weekend-return-tickets',
  '/help',
  '/contact',
] as const

type Visit = { paths: string[]; hasFriction: boolean; isConverting: boolean }

function visitOf(random: Random): Visit {
  const paths: string[] = [pick(random, ENTRIES)]
  while (paths.length < 12) {
    const next = pick(random, NEXT[paths.at(-1) ?? '/'] ?? [null])
    if (next === null) break
    paths.push(next)
  }
  return {
    paths,
    hasFriction: random() < (paths.includes('/checkout') ? 0.3 : 0.05),
    isConverting: paths.includes('/checkout/confirmed'),
  }
}

/** The pages from the start on, or before the end backwards; nothing of a visit without that page. */
function part({ paths }: Visit, isBack: boolean, start: string | null): string[] {
  const order = isBack ? [...paths].reverse() : paths
  return start === null ? order : order.includes(start) ? order.slice(order.indexOf(start)) : []
}

export function journeysOf(state: MockState, query: URLSearchParams, from: number, to: number): Journeys {
  const random = seeded(77)
  const isBack = query.get('direction') === 'back'
  const [steps, top] = [Number(query.get('steps') ?? 5), Number(query.get('top') ?? 8)]
  const start = query.get('start')
  const isNothing = state.isEmpty || query.get('city') === 'Nowhere'
  const visits = isNothing
    ? []
    : Array.from({ length: query.has('device') ? VISITS / 3 : VISITS }, () => visitOf(random))
  const taking = visits
    .map((visit) => ({ ...visit, paths: part(visit, isBack, start) }))
    .filter(({ paths }) => paths.length > 0)
  const columns = Array.from({ length: steps }, (_, step) => namesOf(taking, step, top)).filter(
    (names) => names.length > 0,
  )
  const indexOf = (step: number, path: string) => {
    const found = columns[step]?.indexOf(path) ?? -1
    return found >= 0 ? found : (columns[step]?.indexOf(null) ?? -1)
  }
  const answer: Journeys = {
    period: overviewOf(from, to).period,
    direction: isBack ? 'back' : 'forward',
    sessions: taking.length,
    steps: columns.map((names, step) => ({
      nodes: names.map(
        (path): JourneyNode => ({
          path,
          sessions: 0,
          ended: step + 1 === columns.length ? null : 0,
          friction_sessions: 0,
          converting_sessions: 0,
        }),
      ),
    })),
    links: [],
  }
  const links = new Map<string, Journeys['links'][number]>()
  for (const { paths, hasFriction, isConverting } of taking) {
    paths.slice(0, columns.length).forEach((path, step) => {
      const index = indexOf(step, path)
      const node = answer.steps[step]?.nodes[index]
      if (!node) return
      node.sessions += 1
      node.friction_sessions += Number(hasFriction)
      node.converting_sessions += Number(isConverting)
      const next = paths[step + 1]
      if (node.ended == null) return
      if (next === undefined) node.ended += 1
      else {
        const link = { step, from: index, to: indexOf(step + 1, next), sessions: 0 }
        const key = `${step} ${link.from} ${link.to}`
        const known = links.get(key) ?? link
        known.sessions += 1
        links.set(key, known)
      }
    })
  }
  answer.links = [...links.values()]
  return answer
}

/** The pages of a step by their visits, the others as null. */
function namesOf(visits: Visit[], step: number, top: number): (string | null)[] {
  const counts = new Map<string, number>()
  for (const { paths } of visits) {
    const path = paths[step]
    if (path !== undefined) counts.set(path, (counts.get(path) ?? 0) + 1)
  }
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([path]) => path)
  return ordered.length > top ? [...ordered.slice(0, top), null] : ordered
}
