// Names of countries.
import { expect, test } from 'vitest'
import { countryName } from './countries'

test('a code is named, and one that is none stays as it is', () => {
  expect(['TZ', 'KE', 'GB', 'QX', 'tz', 'Tanzania', ''].map(countryName)).toEqual([
    'Tanzania',
    'Kenya',
    'United Kingdom',
    'QX',
    'tz',
    'Tanzania',
    '',
  ])
})
