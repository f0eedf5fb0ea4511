// The mock's changes: signing in and out, setting up, keys, projects and sending again.
import type { ApiKey } from '../../src/api/types'
import { changeAdmin } from './adminAnswers'
import { changeBoards } from './boards'
import { changeDocument } from './documents'
import { changeErrors } from './errors'
import { changeGoals } from './goals'
import { runJob } from './operations'
import { changePeople } from './people'
import { changeSavedQuestion } from './savedQuestions'
import { problem } from './server'
import { changeShareLinks } from './shareLinks'
import { changeSourceMaps } from './sourceMaps'
import { type MockState, meOf } from './state'

type Fields = Record<string, unknown>

export function changeSomething(
  state: MockState,
  method: string,
  path: string,
  text: string,
): { status: number; json?: unknown } {
  if (path.endsWith('/logo')) return changeLogo(state, method, path, text)
  const body = (text ? JSON.parse(text) : {}) as Fields
  if (!path.endsWith('/stack-frames')) state.changes.push(`${method} ${path} ${text}`.trim())
  if (state.failing.some((end) => path.includes(end))) return problem(503, 'Busy', 'The catalog is locked.')
  if (path === '/api/setup') return setUp(state, body)
  if (path === '/api/auth/sign-in') return signIn(state, body)
  if (path === '/api/auth/me' || path === '/api/auth/password') return changeAccount(state, path, body)
  if (path === '/api/auth/sign-out' || path === '/api/auth/sign-out-everywhere') {
    state.isSignedIn = false
    return { status: 204 }
  }
  if (path === '/api/projects') {
    const project = {
      id: `p${state.projects.length + 1}`,
      name: String(body.name),
      role: 'owner' as const,
      created_at: new Date().toISOString(),
      retention_days: 395,
      time_zone: String(body.time_zone ?? 'UTC'),
      logo_url: null,
    }
    state.projects.push(project)
    return { status: 201, json: project }
  }
  if (path.endsWith('/stack-frames')) return { status: 200, json: { frames: [] } }
  if (path.includes('/failed-events/')) return { status: 200, json: { processed: 1, rejected: [] } }
  if (path.startsWith('/api/invitations/')) {
    state.isSignedIn = true
    return { status: 201, json: meOf(state) }
  }
  return (
    runJob(state, path) ??
    changeErrors(state, method, path, body) ??
    changeShareLinks(state, method, path, body) ??
    changeSourceMaps(state, method, path) ??
    changeBoards(state, method, path, body) ??
    changeGoals(state, method, path, body) ??
    changeSavedQuestion(state, method, path, body) ??
    changeDocument(state.documents, method, path, body) ??
    changePeople(state, method, path, body) ??
    changeAdmin(state, method, path, body) ??
    changeKey(state, method, path, body)
  )
}

/** The body of an upload is a picture. */
function changeLogo(state: MockState, method: string, path: string, image: string) {
  const project = state.projects.find(({ id }) => path.includes(`/${id}/`))
  if (!project) return problem(404, 'Not found', 'There is no such project.')
  state.changes.push(`${method} ${path}`)
  if (method === 'PUT' && !image.includes('PNG'))
    return problem(422, 'Unprocessable Entity', 'logo must be a PNG or JPEG image', 'logo')
  project.logo_url = method === 'PUT' ? `/api/projects/${project.id}/logo?v=${state.changes.length}` : null
  return { status: 204 }
}

function setUp(state: MockState, body: Fields) {
  if (body.token !== 'secret-token') return problem(403, 'Wrong token', 'The token is not the one in the server’s log.')
  if (String(body.project_name).length < 2) return problem(422, 'Invalid', 'The name is too short.', 'project_name')
  state.isSetUp = true
  state.isSignedIn = true
  return { status: 201, json: meOf(state) }
}

function signIn(state: MockState, body: Fields) {
  if (body.password !== 'correct horse battery')
    return problem(401, 'Not signed in', 'Wrong e-mail address or password.')
  state.isSignedIn = true
  return { status: 200, json: meOf(state) }
}

function changeAccount(state: MockState, path: string, body: Fields) {
  if (path === '/api/auth/me') {
    state.memberName = String(body.name)
    return { status: 200, json: meOf(state) }
  }
  if (body.old_password !== 'correct horse battery')
    return problem(422, 'Unprocessable Entity', 'old_password is not your current password', 'old_password')
  return { status: 204 }
}

function changeKey(state: MockState, method: string, path: string, body: Fields) {
  const id = /api-keys\/([^/]+)$/.exec(path)?.[1]
  if (method === 'POST') {
    const key: ApiKey = {
      id: `k${state.keys.length + 1}`,
      key_name: String(body.key_name),
      key: 'fk_Zx81nQvYc3Tg6Hw0Lp2Sd9Rb5Km7Je4U',
      allowed_domains: (body.allowed_domains as string[] | undefined) ?? [],
      rate_limit_per_minute: 6000,
      is_active: true,
      created_at: new Date().toISOString(),
      last_used_at: null,
    }
    state.isEmpty = false
    state.keys = [...state.keys, key]
    return { status: 201, json: key }
  }
  const key = state.keys.find((entry) => entry.id === id)
  if (!key) return problem(404, 'Not found', 'There is no such key.')
  if (method === 'DELETE') {
    state.keys = state.keys.filter((entry) => entry !== key)
    return { status: 204 }
  }
  Object.assign(key, body)
  return { status: 200, json: key }
}
