// The order of the roles.
import { expect, test } from 'vitest'
import { includesRole, ROLES } from './roles'

test('a role includes itself and those after it', () => {
  expect(ROLES.map((role) => includesRole(role, 'admin'))).toEqual([true, true, false, false])
  expect(ROLES.every((role) => includesRole(role, 'viewer'))).toBe(true)
})

test('nobody may do anything without a role', () => {
  expect(includesRole(undefined, 'viewer')).toBe(false)
})
