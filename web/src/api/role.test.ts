// Roles by rank.
import { expect, test } from 'vitest'
import { isAtLeast } from './role'

test('a role may do what the ones below it may', () => {
  const may = (['viewer', 'analyst', 'admin', 'owner'] as const).map((role) => [
    isAtLeast(role, 'analyst'),
    isAtLeast(role, 'admin'),
  ])
  expect(may).toEqual([
    [false, false],
    [true, false],
    [true, true],
    [true, true],
  ])
  expect(isAtLeast(undefined, 'viewer')).toBe(false)
})
