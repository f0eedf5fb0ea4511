import { expect, it } from 'vitest'
import { maskRoughly } from '../../src/lib/mask-roughly'
import { CORPUS } from '../support/corpus'

it.each([
  ['https://shop.example/cars/suv', 'https://shop.example/cars/suv'],
  ['https://shop24.example:8080/cars', 'https://shop24.example:8080/cars'],
  ['https://shop.example/cars/12', 'https://shop.example/cars/[text]'],
  ['https://shop.example/?q=asha', 'https://shop.example/'],
  ['https://shop.example/?q=asha&utm_source=mail&utm_term=May', 'https://shop.example/?utm_source=mail&utm_term=May'],
  ['https://shop.example/?utm_source=mail&utm_content=a%40b.com', 'https://shop.example/?utm_source=mail'],
  ['https://shop.example/?utm_source=mail&utm_content=0712345678', 'https://shop.example/?utm_source=mail'],
  ['https://shop.example/?xutm_source=mail', 'https://shop.example/'],
  ['https://shop.example/#/cart?token=x', 'https://shop.example/#/cart'],
  ['https://asha:geheim@shop.example/', 'https://[text]'],
  ['', ''],
])('the address %s becomes %s', (url, expected) => {
  expect(maskRoughly('page_url', url)).toBe(expected)
  expect(maskRoughly('referrer', url)).toBe(expected)
})

it.each([
  ['TypeError: pay is not a function', 'TypeError: pay is not a function'],
  ['Error: customer 4242 4242 4242 4242 was not found', 'Error: customer [text]'],
  ['Write to asha@example.com', 'Write to [text]'],
  ['Error: x\n    at pay (https://shop.example/app.js:10:5)', 'Error: x\n    at pay (https://shop.example/[text]'],
])('the text %s becomes %s', (text, expected) => expect(maskRoughly('error_message', text)).toBe(expected))

it.each([
  ['main>li:nth-of-type(12)>button.buy', true],
  ['#checkout-2', true],
  ['[data-testid="asha@example.com"]', false],
  ['#call-06-12-34-56-78', false],
])('the selector %s stays: %s', (selector, stays) => {
  expect(maskRoughly('element_selector', selector)).toBe(stays ? selector : undefined)
})

it('leaves nothing that the rules would mask', () => {
  const masked = [...CORPUS.cases].map(({ place, input }) => [input, `${maskRoughly(place, input)}`])
  expect(masked.filter(([, text]) => /asha|geheim|hunter|abc\d|4242|\d{3}/.test(`${text}`))).toEqual([])
})
