// Passwords and where a sign-in leads.
import { expect, test } from 'vitest'
import { parseSetupSearch, passwordStrength, safeReturn } from './model'

test('a short password says how much is missing', () => {
  expect(passwordStrength('')).toEqual({ level: 0, hint: 'At least 12 characters.' })
  expect(passwordStrength('elevenchars')).toEqual({ level: 0, hint: '1 more character needed.' })
})

test('long is not strong when it is obvious or personal', () => {
  expect(passwordStrength('aaaaaaaaaaaaaaaa').level).toBe(1)
  expect(passwordStrength('mypassword2026').level).toBe(1)
  expect(passwordStrength('abcabcabcabcabc').level).toBe(1)
  expect(passwordStrength('asha-mwinyi-2026', ['Asha']).level).toBe(1)
})

test('length makes strength', () => {
  expect(passwordStrength('teal-anchor-9').level).toBe(2)
  expect(passwordStrength('teal anchor driftwood').level).toBe(3)
})

test('a return address stays inside the dashboard', () => {
  expect(safeReturn('/p/p1/friction?open=%23pay')).toBe('/p/p1/friction?open=%23pay')
  for (const outside of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in?return_to=/',
    undefined,
  ]) {
    expect(safeReturn(outside)).toBe('/')
  }
})

test('a token of digits is still a token', () => {
  expect(parseSetupSearch({ token: 12345 })).toEqual({ token: '12345' })
})
