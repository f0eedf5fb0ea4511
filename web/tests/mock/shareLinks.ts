// The mock's share links: the list, making and revoking them, and the answers to anyone with one.
import { readFileSync } from 'node:fs'
import type { components } from '../../src/api/schema.gen'
import { DIMENSIONS } from '../../src/lib/filters'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Answer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> }
export type ShareLink = Schemas['ShareLink']
type Fields = Record<string, unknown>

const DAY = 86_400_000
export const OPEN = `fl_${'o'.repeat(32)}`
export const LOCKED = `fl_${'l'.repeat(32)}`
export const PASSWORD = 'habari gani'
const PROOF = '0'.repeat(64)

export function shareLinksOf(now: number): Schemas['ShareLink'][] {
  const ago = (ms: number) => new Date(now - ms).toISOString()
  return [
    {
      id: 'l1',
      name: 'Weekly figures for the agency',
      page: 'overview',
      search: 'period=30d&device=mobile',
      has_password: false,
      can_embed: true,
      created_at: ago(9 * DAY),
      expires_at: new Date(now + 21 * DAY).toISOString(),
      last_used_at: ago(DAY / 24),
    },
    {
      id: 'l2',
      name: 'Checkout problems',
      page: 'friction',
      search: '',
      has_password: true,
      can_embed: false,
      created_at: ago(30 * DAY),
      expires_at: null,
      last_used_at: null,
    },
    {
      id: 'l3',
      name: 'Old report',
      page: 'acquisition',
      search: 'filters=browser!%3DChrome',
      has_password: false,
      can_embed: false,
      created_at: ago(60 * DAY),
      expires_at: ago(30 * DAY),
      last_used_at: ago(31 * DAY),
    },
  ]
}

export function changeShareLinks(state: MockState, method: string, path: string, body: Fields): Answer | undefined {
  if (path === '/api/shared') return open(state, body)
  const id = /\/share-links(?:\/(\w+))?$/.exec(path)
  if (!id) return undefined
  if (method === 'DELETE') {
    state.shareLinks = state.shareLinks.filter((link) => link.id !== id[1])
    return { status: 204 }
  }
  if (body.name === 'taken')
    return problem(422, 'Unprocessable Entity', 'the project has 100 share links; revoke one', 'name')
  const { name, page, search, password, can_embed, expires_at } = body as Schemas['NewShareLink']
  if (page === 'board' && !sharedBoard(state, search ?? ''))
    return problem(422, 'Unprocessable Entity', 'search must name a board of the project', 'search')
  if (page === 'board' && filtersOf(search ?? '').length > 0)
    return problem(422, 'Unprocessable Entity', 'search: only the cards of a board have filters', 'search')
  const made = {
    id: 'l9',
    name,
    page,
    search: search ?? '',
    has_password: password != null,
    can_embed: can_embed ?? false,
    created_at: new Date().toISOString(),
    expires_at: expires_at ?? null,
    last_used_at: null,
  }
  state.shareLinks = [made, ...state.shareLinks]
  return {
    status: 201,
    json: { share_link: made, token: OPEN, path: `/shared/${OPEN}` } satisfies Schemas['ShareLinkMade'],
  }
}

function open(state: MockState, { token, password }: Fields): Answer {
  const link = state.shareLinks.find(({ has_password }) => has_password === (token === LOCKED))
  const project = state.projects[0]
  if ((token !== OPEN && token !== LOCKED) || !link || !project)
    return problem(404, 'Not Found', 'share link not found')
  if (token === LOCKED && password === undefined)
    return problem(422, 'Unprocessable Entity', 'this link is opened with its password', 'password')
  if (token === LOCKED && password !== PASSWORD) return problem(403, 'Forbidden', 'wrong password')
  const { id, name, created_at, retention_days, time_zone, logo_url } = project
  const access = token === LOCKED ? `${token}.${PROOF}` : String(token)
  return {
    status: 200,
    json: {
      access,
      name: link.name,
      page: link.page,
      search: link.search,
      expires_at: link.expires_at ?? null,
      project: { id, name, created_at, retention_days, time_zone, logo_url: logo_url ?? null },
    } satisfies Schemas['OpenedShareLink'],
  }
}

/** The questions of each page, where the server has them. */
const ACCESS = readFileSync(new URL('../../../crates/api/src/shared/access.rs', import.meta.url), 'utf8')
const QUESTIONS = new Map(
  [...ACCESS.matchAll(/SharedPage::(\w+) => \{?\s*&\[([^\]]*)\]/g)].map(([, page = '', paths = '']) => [
    page.toLowerCase(),
    [...paths.matchAll(/"\/([^"]+)"/g)].map((path) => path[1]),
  ]),
)

/** The board of a link, as long as the project sees it. */
function sharedBoard(state: MockState, search: string) {
  const id = new URLSearchParams(search).get('board')
  return state.boards.find((board) => board.id === id && board.visibility === 'project')
}

/** The parameters that filter. */
function filtersOf(search: string): [string, string][] {
  return [...new URLSearchParams(search)].filter(
    ([parameter]) => parameter === 'filters' || DIMENSIONS.some((dimension) => dimension === parameter),
  )
}

/** Whether a page asks this question, and the query has all filters of the search. */
function shows(page: string, search: string, name: string, query: URLSearchParams): boolean {
  return (
    (QUESTIONS.get(page) ?? []).includes(name) &&
    filtersOf(search).every(([parameter, value]) => query.getAll(parameter).join('\n') === value)
  )
}

/** The refusal of a request by a link, as the server has it; undefined when the link allows it. */
export function refusalOf(state: MockState, access: string, path: string, query: URLSearchParams): Answer | undefined {
  const link = state.shareLinks.find(({ has_password }) => has_password === access.includes('.'))
  if (!link) return problem(401, 'Unauthorized', 'the share link is no longer valid')
  const name = path.split('/').slice(4).join('/')
  if (['', 'annotations', 'goals', 'logo'].includes(name)) return undefined
  const board = link.page === 'board' ? sharedBoard(state, link.search) : undefined
  const isPart = board
    ? name === `boards/${board.id}` ||
      board.cards.some((card) => shows(card.piece.split('.')[0] ?? '', card.search ?? '', name, query))
    : shows(link.page, link.search, name, query)
  if (isPart) return undefined
  state.refused.push(path)
  return problem(403, 'Forbidden', 'the share link shows one page with its filters, and this is not part of it')
}
