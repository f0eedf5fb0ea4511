// The settings' document and what the page edits of it.
import { expect, test } from 'vitest'
import { currencyOf, documentOf, versionedOf } from './model'

test('what no section shows goes along with a change', () => {
  const read = versionedOf({ version: 4, programs_are_bots: false, later: ['of somebody else'] } as never)
  expect(documentOf({ version: read.version, value: { ...read.value, programs_are_bots: true } })).toEqual({
    version: 4,
    programs_are_bots: true,
    later: ['of somebody else'],
  })
})

test('a currency is stored in capitals, and nothing is the server’s', () => {
  expect([currencyOf(' tzs '), currencyOf('KES'), currencyOf('  ')]).toEqual(['TZS', 'KES', null])
})
