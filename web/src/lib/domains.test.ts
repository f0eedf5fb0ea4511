// Reading domains.
import { expect, test } from 'vitest'
import { parseDomains } from './domains'

test('domains are read from whatever is pasted', () => {
  expect(parseDomains('https://Shop.example.com/cart, *.example.org\nlocalhost:3000  shop.example.com')).toEqual([
    'shop.example.com',
    '*.example.org',
    'localhost:3000',
  ])
  expect(parseDomains(' , ')).toEqual([])
})
