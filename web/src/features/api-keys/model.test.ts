// Keys and how they are installed.
import { expect, test } from 'vitest'
import { canChangeKeys, hiddenKey, installSnippet } from './model'

test('a hidden key shows only its ends', () => {
  const key = 'fk_7Qm2vX9tLr4KpZ8sWn3Jd6Hc1Bf5Gy0T'
  expect(hiddenKey(key)).toMatch(/^fk_7Qm•+Gy0T$/)
  expect(hiddenKey(key)).not.toContain('2vX9')
})

test('the snippet is one line with the origin and the key', () => {
  expect(installSnippet('https://stats.example', 'fk_x')).toBe(
    '<script async src="https://stats.example/friction-tracker.js" data-api-key="fk_x"></script>',
  )
})

test('only owners and admins change keys', () => {
  const can = (['owner', 'admin', 'analyst', 'viewer'] as const).filter((role) => canChangeKeys({ role }))
  expect(can).toEqual(['owner', 'admin'])
  expect(canChangeKeys(undefined)).toBe(false)
})
