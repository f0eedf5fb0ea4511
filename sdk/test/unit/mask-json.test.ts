// The same cases as the server's, in `crates/domain/src/privacy/tests.rs`.
import { expect, it } from 'vitest'
import { maskJson } from '../../src/lib/mask-json'

it.each<[object, object]>([
  [
    { note: 'asha@example.com', list: ['+255712345678', { a: '4242 4242 4242 4242' }] },
    { note: '[email]', list: ['[phone]', { a: '[card]' }] },
  ],
  [{ phone: '22 33' }, { phone: '[phone]' }],
  [
    { 'Phone-Number': 2233, password: 'x', api_key: 'y' },
    { 'Phone-Number': '[phone]', password: '[token]', api_key: '[token]' },
  ],
  [{ card: 4242424242424242 }, { card: '[card]' }],
  [{ 'asha@example.com': 1 }, { '[email]': 1 }],
  [{ owner_id: 'asha@example.com' }, { owner_id: '[email]' }],
])('%j becomes %j', (given, expected) => {
  expect(maskJson(given)).toEqual(expected)
  expect(maskJson(expected)).toEqual(expected)
})

it.each([
  [{ id: '550e8400-e29b-41d4-a716-446655440000', vehicleId: 4242424242424242, order_id: '712345678' }],
  [{ phone: true, email: null, iban: '', beds: 3, price: 150_000, total: 1_732_190_400_000, ratio: 0.5 }],
  [{ nested: { list: [1, 'two', null, { three: 3 }] } }],
])('%j stays as it is', (given) => expect(maskJson(given)).toEqual(given))
