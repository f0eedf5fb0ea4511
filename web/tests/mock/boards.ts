// The mock's boards: some to begin with, and making, changing and deleting them.
import type { components } from '../../src/api/schema.gen'
import { SHARED as QUESTION } from './savedQuestions'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Answer = { status: number; json?: unknown }
export type Board = Schemas['Board']
type Card = Schemas['BoardCard']
type NewBoard = Required<Schemas['NewBoard']>

const id = (number: number) => `0193b0a4-0000-7d4c-8f00-${String(number).padStart(12, '0')}`
/** The member's, seen by the project. */
export const MONDAY = id(1)
/** Somebody else's, seen by the project. */
export const PHONES = id(2)
/** The member's alone: cards that cannot be shown, or not to everybody. */
export const ODDS = id(3)
export const BARE = id(4)
/** What `wallOf` puts together for a test. */
export const WALL = id(5)

const card = (piece: string, width: number, more: Partial<Card> = {}): Card => ({
  id: piece.replaceAll('.', '-'),
  piece,
  title: null,
  search: '',
  width,
  ...more,
})

export function freshBoards(now: number): Board[] {
  const at = (days: number) => new Date(now - days * 86_400_000).toISOString()
  const asha = { id: 'm1', name: 'Asha Mwinyi' }
  return [
    {
      id: MONDAY,
      name: 'Monday morning',
      visibility: 'project',
      author: asha,
      version: 3,
      created_at: at(40),
      updated_at: at(2),
      cards: [
        card('overview.visitors', 1),
        card('overview.sessions', 1, { title: 'Visits on phones', search: 'device=mobile' }),
        card('overview.conversion-rate', 1),
        card('overview.revenue', 1, { search: 'period=30d' }),
        card('overview.traffic', 3),
        card('overview.vitals', 1),
        card('acquisition.channel', 2),
        card('friction.items', 2),
        card('performance.largest-contentful-paint', 2, { search: 'device=mobile&period=30d' }),
        card('overview.goals', 2),
      ],
    },
    {
      id: PHONES,
      name: 'Checkout on phones',
      visibility: 'project',
      author: { id: 'm2', name: 'Baraka Juma' },
      version: 1,
      created_at: at(12),
      updated_at: at(12),
      cards: [
        card('friction.kinds', 4, { search: 'device=mobile' }),
        card('journeys.chart', 4, { search: 'device=mobile' }),
      ],
    },
    {
      id: ODDS,
      name: 'Odds and ends',
      visibility: 'own',
      author: asha,
      version: 1,
      created_at: at(1),
      updated_at: at(1),
      cards: [
        card('overview.visitors', 1),
        card('overview.phases-of-the-moon', 1),
        card('weather.rain', 2, { title: 'Rain at the pier' }),
        card('sql.question', 2, { search: `q=${QUESTION}` }),
        card('funnels.conversion', 2),
        card('retention.cohorts', 4),
        card('errors.list', 4),
      ],
    },
    {
      id: BARE,
      name: 'Bare',
      visibility: 'own',
      author: asha,
      version: 1,
      created_at: at(1),
      updated_at: at(1),
      cards: [],
    },
  ]
}

/** The member's board of these pieces, each as its page shows it with this search. */
export function wallOf(
  now: number,
  pieces: readonly (readonly [piece: string, width: number, search?: string])[],
): Board {
  const at = new Date(now).toISOString()
  return {
    id: WALL,
    name: 'The wall',
    visibility: 'project',
    author: { id: 'm1', name: 'Asha Mwinyi' },
    version: 1,
    created_at: at,
    updated_at: at,
    cards: pieces.map(([piece, width, search = '']) => card(piece, width, { search })),
  }
}

export function readBoards(state: MockState, name: string): Answer | undefined {
  if (name === 'boards') {
    const boards = state.boards
      .map(({ cards, ...board }): Schemas['BoardSummary'] => ({ ...board, card_count: cards.length }))
      .sort((a, b) => a.name.localeCompare(b.name))
    return { status: 200, json: { boards } satisfies Schemas['BoardList'] }
  }
  const [, wanted] = /^boards\/(.+)$/.exec(name) ?? []
  if (wanted === undefined) return undefined
  const found = state.boards.find((board) => board.id === wanted)
  return found ? { status: 200, json: found } : problem(404, 'Not Found', 'board not found')
}

export function changeBoards(state: MockState, method: string, path: string, body: object): Answer | undefined {
  const [, named, wanted] = /\/(boards)(?:\/([^/]+))?$/.exec(path) ?? []
  if (!named) return undefined
  const now = new Date().toISOString()
  if (method === 'POST') {
    const rejected = rejectionOf(body as NewBoard)
    if (rejected) return rejected
    const made: Board = {
      ...(body as NewBoard),
      id: id(90 + state.boards.length),
      author: { id: 'm1', name: state.memberName },
      version: 1,
      created_at: now,
      updated_at: now,
    }
    state.boards = [...state.boards, made]
    return { status: 201, json: made }
  }
  const found = state.boards.find((board) => board.id === wanted)
  if (!found) return problem(404, 'Not Found', 'board not found')
  if (method === 'DELETE') {
    state.boards = state.boards.filter((board) => board !== found)
    return { status: 204 }
  }
  const { version, board } = body as Schemas['BoardChange']
  const rejected = rejectionOf(board as NewBoard)
  if (rejected) return rejected
  if (version !== found.version) return problem(409, 'Conflict', 'the board has changed since; load it again')
  const changed: Board = { ...found, ...(board as NewBoard), version: version + 1, updated_at: now }
  state.boards = state.boards.map((other) => (other === found ? changed : other))
  return { status: 200, json: changed }
}

/** As somebody else saves a board meanwhile. */
export function saveElsewhere(state: MockState, wanted: string, change: Partial<Board>): void {
  state.boards = state.boards.map((board) =>
    board.id === wanted ? { ...board, ...change, version: board.version + 1 } : board,
  )
}

/** What the server checks of the shape of cards. */
function rejectionOf({ name, cards }: NewBoard): Answer | undefined {
  const reject = (detail: string, field: string) => problem(422, 'Unprocessable Content', detail, field)
  if (name.trim() === '' || name.length > 100) return reject('name must have 1 to 100 characters', 'name')
  if (name === 'taken') return reject('the project has 100 boards; delete one', 'name')
  if (cards.length > 40) return reject('a board has at most 40 cards', 'cards')
  if (new Set(cards.map((one) => one.id)).size < cards.length) return reject('cards have the same id', 'cards')
  const at = cards.findIndex(
    (one) =>
      !/^[\w-]{1,40}$/.test(one.id) ||
      !/^[a-z0-9-]+\.[a-z0-9-]+$/.test(one.piece) ||
      (one.search ?? '').startsWith('?') ||
      ![1, 2, 3, 4].includes(one.width),
  )
  return at < 0 ? undefined : reject(`cards[${at}] is not a card`, `cards[${at}]`)
}
