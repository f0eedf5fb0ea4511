// Which members may change which, and the words of the audit log.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  grantableRoles,
  isExpired,
  OPERATIONS,
  operationLabel,
  outcomeOf,
  type ProjectMember,
  parseTeamSearch,
  whyRoleStays,
} from './model'

const member = (id: string, role: ProjectMember['role']): ProjectMember => ({
  id,
  role,
  email: `${id}@x.example`,
  name: id,
  joined_at: '2026-11-01T00:00:00Z',
})
const TEAM = [member('o', 'owner'), member('a', 'admin'), member('v', 'viewer')]

test('only owners make owners', () => {
  expect(grantableRoles('owner')).toContain('owner')
  expect(grantableRoles('admin')).toEqual(['admin', 'analyst', 'viewer'])
  expect(grantableRoles('analyst')).toEqual([])
})

test('the last owner stays, and says why', () => {
  const [owner, admin, viewer] = TEAM as [ProjectMember, ProjectMember, ProjectMember]
  expect(whyRoleStays(owner, 'owner', TEAM)).toContain('at least one owner')
  expect(whyRoleStays(owner, 'owner', [...TEAM, member('o2', 'owner')])).toBeNull()
  expect(whyRoleStays(owner, 'admin', TEAM)).toContain('Only owners')
  expect(whyRoleStays(admin, 'admin', TEAM)).toBeNull()
  expect(whyRoleStays(viewer, 'viewer', TEAM)).toContain('owners and admins')
})

test('a key is expired from its very instant', () => {
  const key = {
    id: 'k',
    key_name: 'k',
    role: 'analyst' as const,
    rate_limit_per_minute: 1_000,
    created_at: '2026-01-01T00:00:00Z',
  }
  const at = Date.parse('2026-11-21T00:00:00Z')
  expect(isExpired({ ...key, expires_at: '2026-11-21T00:00:00Z' }, at)).toBe(true)
  expect(isExpired({ ...key, expires_at: '2026-11-21T00:00:01Z' }, at)).toBe(false)
  expect(isExpired({ ...key, expires_at: null }, at)).toBe(false)
})

test('operations are said in words, and later ones are readable', () => {
  expect(operationLabel('invite')).toBe('Invite a member')
  expect(operationLabel('set_something_new')).toBe('Set something new')
})

test('every operation that the audit log can record has a label', () => {
  type Operation = { operationId: string; tags: string[] }
  const { paths } = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8')) as {
    paths: Record<string, Record<string, Operation>>
  }
  const changing = Object.values(paths).flatMap((path) =>
    ['post', 'put', 'patch', 'delete'].flatMap((method) => path[method] ?? []),
  )
  // Statements of SQL and questions with a body only read, and pages that send events are no member.
  const recorded = changing
    .filter(({ tags }) => !['SQL', 'Questions', 'Ingest'].some((tag) => tags.includes(tag)))
    .map(({ operationId }) => operationId)
  expect(recorded.length).toBeGreaterThan(30)
  expect(recorded.filter((operation) => !OPERATIONS[operation])).toEqual([])
})

test('a status is an outcome', () => {
  expect([200, 204, 403, 409, 503].map((status) => outcomeOf(status).label)).toEqual([
    'Done',
    'Done',
    'Not allowed',
    'Rejected',
    'Failed',
  ])
})

test('unknown tabs are the first', () => {
  expect(parseTeamSearch({ tab: 'audit' })).toEqual({ tab: 'audit' })
  expect(parseTeamSearch({ tab: 'members' })).toEqual({})
})
