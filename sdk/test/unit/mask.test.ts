// The rules of masking, held to the cases that the server is held to, too.
import { afterEach, expect, it } from 'vitest'
import { allowParameters, mask, maskUrl } from '../../src/lib/mask'
import { CORPUS, encoded } from '../support/corpus'

const maskIn = (place: string, text: string): string => (/^(url|referrer)$/.test(place) ? maskUrl(text) : mask(text))

const fill = (template: string, text: string): string =>
  template
    .replace('{encoded}', () => encoded(text))
    .replace('{double}', () => encodeURIComponent(encodeURIComponent(text)))
    .replace('{}', () => text)

/** What the rules make of it, once and once more, where that is not what was expected. */
const wrong = (place: string, input: string, output: string): object[] => {
  const once = maskIn(place, input)
  const twice = maskIn(place, once)
  return once === output && twice === once ? [] : [{ place, input, output, once, twice }]
}

afterEach(() => allowParameters(''))

it(`masks ${CORPUS.values.length} values in ${CORPUS.places.length} places`, () => {
  const found = CORPUS.values.flatMap((value) =>
    CORPUS.places.flatMap(({ place, template, output = template }) =>
      wrong(place, fill(template, value.text), output.replace(/\{\w*\}/, `[${value.mask}]`)),
    ),
  )
  expect(found).toEqual([])
})

it.each(CORPUS.cases)('masks $place: $input', ({ place, input, output }) => {
  expect(wrong(place, input, output)).toEqual([])
})

it.each(CORPUS.kept)('keeps $place: $text', ({ place, text }) => {
  expect(wrong(place, text, text)).toEqual([])
})

it('keeps the parameters that the project names, and masks their values', () => {
  const url = 'https://shop.test/find?lang=sw&filter_a=1&q=asha%40example.com&langs=2&token=1'
  allowParameters('lang q filter_*')
  expect(maskUrl(url)).toBe('https://shop.test/find?lang=sw&filter_a=1&q=[email]')
  expect(mask(`GET ${url}`)).toBe('GET https://shop.test/find?lang=sw&filter_a=1&q=[email]')
})

it('takes no longer for texts made to be slow', () => {
  const hostile = [
    'a',
    '1',
    '0',
    '@',
    '1 ',
    '?',
    'a@',
    '//',
    '%4',
    '-1',
    '.1',
    'a1',
    '(1',
    '+1',
    'token=',
    'a.',
    '#',
    '"',
  ]
  for (const part of hostile) {
    const begun = performance.now()
    mask(part.repeat(8192 / part.length))
    expect(performance.now() - begun, part).toBeLessThan(250)
  }
})
