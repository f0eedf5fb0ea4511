// A person in two letters.
import { expect, test } from 'vitest'
import { initials } from './initials'

test('initials are of the first and last name', () => {
  expect(['Asha Mwinyi', 'Demo', 'Juma wa Pemba', ' '].map(initials)).toEqual(['AM', 'D', 'JP', ''])
})
