// Ids where there is little room.
import { expect, test } from 'vitest'
import { shortId } from './ids'

test('a long id is shown by its end, a short one whole', () => {
  expect(shortId('01a209c5-c132-774c-baa4-ad9652520644')).toBe('…520644')
  expect(shortId('s-1')).toBe('s-1')
  expect(shortId('customer-100')).toBe('customer-100')
})
