// Masks personal data in texts and addresses: e-mail addresses, numbers of cards, accounts and phones, tokens.
//
// `crates/domain/src/privacy` follows the same rules on the server, and `personal-data.json` there holds both to
// one set of cases. A masked text masked again stays as it is.

import { safely } from './safe'

/** Query parameters that stay beside `utm_*`: names between spaces; a `*` at the end stands for anything. */
let allowed = ''

export const allowParameters = (names: string): void => {
  allowed = names
}

/** Digits, spaces and signs of other scripts as ASCII writes them. */
const plainOf = (text: string): string =>
  text
    .replace(/[０-９٠-٩۰-۹]/g, (digit) => `${digit.charCodeAt(0) & 15}`)
    .replace(/[\xa0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[\u2010-\u2015－]/g, '-')
    .replace(/＠/g, '@')
    .replace(/＋/g, '+')

const isAllowed = (name: string): boolean =>
  `utm_* ${allowed}`
    .split(' ')
    .some(
      (known) => /[^*]/.test(known) && (name === known || (known.endsWith('*') && name.startsWith(known.slice(0, -1)))),
    )

/** The part of a query, or of a query-like fragment, that is kept. */
export const maskQuery = (query: string): string => {
  const kept = query
    .split(/[?#&;]/)
    .filter((pair) => isAllowed(pair.split('=')[0] as string))
    .map(mask)
    .join('&')
  return kept && `?${kept}`
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** The check digit of cards. */
export const isCard = (text: string): boolean =>
  [...digitsOf(text)]
    .reverse()
    .reduce((sum, digit, i) => sum + (i % 2 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][+digit] as number) : +digit), 0) %
    10 ===
  0

/** ISO 13616: the first four behind the rest, letters as numbers from 10, remainder 1. */
const isIban = (text: string): boolean => {
  const code = text.replace(/\W/g, '')
  let rest = 0
  for (const letter of code.slice(4) + code.slice(0, 4)) {
    const value = parseInt(letter, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1 && code.length > 14 && digitsOf(code).length > 9
}

/** Letters and digits mixed, in words too short to be anybody's language. */
const isRandom = (run: string): boolean => {
  const words = run.replace(/[A-Z][a-z]{3,}|[a-z]{4,}/g, '-').match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) || []
  const { length } = words.join('')
  return length > 11 && length < words.length * 3.5 && (run.match(/\d(?=[a-z])|[a-z](?=\d)/gi) || []).length > 1
}

const DATE = /^\(?(\d\d?[-./ ]\d\d?[-./ ])?(19|20)\d\d(\D|$)/

/** A number as people write it, unless it is a date. */
const number =
  (word: string, min: number) =>
  (whole: string, before: string, text: string): string =>
    digitsOf(text).length < min || DATE.test(text) ? whole : `${before}[${word}]`

const secret = (whole: string, before: string, text: string, file: string): string =>
  file || !/\d/.test(text) ? whole : `${before}[token]`

/** Files of code are named by hashes of their contents: these stay. */
const FILE = '((?:\\.[\\w-]+)*\\.(?:[mc]?js|css|map|wasm)\\b)?'
/** Before a number: no other digits, and no decimal point. */
const BEFORE = '(^|[^\\d.]|\\D\\.)'

const re = (source: string, flags = 'g'): RegExp => new RegExp(source, flags)

type Replacer = (whole: string, ...parts: string[]) => string

const RULES: [RegExp, string | Replacer][] = [
  // User and password of an address.
  [/\/\/[^\s/?#"'<>]*@/g, '//'],
  // Queries, but not the line and column behind them.
  [
    /(?:\?[^?\s"'<>=]*|#[\w.%-]*)=[^\s"'<>)]*/g,
    (query) => {
      const [position] = /(:\d+:\d+)?$/.exec(query) as unknown as [string]
      return maskQuery(query.slice(0, query.length - position.length)) + position
    },
  ],
  // E-mail addresses; `logo@2x.png` and `vue@3.2.1` are none.
  [
    /(?:"[^"\n]{1,64}"|[^\s"#&-),/:-@[-\]`{-}](?:'?[^\s"#&-),/:-@[-\]`{-}]){0,127})\\?@(?:\[(?:IPv6:)?[\d.:a-fA-F]+\]|(?:[^\s!-,./:-@[-^`{-~]+\\?\.)+([^\s!-,./:-@[-^`{-~]{2,}))/g,
    (whole, end) =>
      /^(\d.*|[mc]?js|css|map|png|jpe?g|gif|svg|webp|html?|json|tsx?)$/i.test(end || '') ? whole : '[email]',
  ],
  [
    /\b[a-z]{2}\d\d(?:[ -]?[a-z\d]){11,30}/gi,
    (whole) => {
      for (let end = whole.length; end > 14; end--)
        if (!/^\w/.test(whole.slice(end)) && isIban(whole.slice(0, end))) return `[iban]${whole.slice(end)}`
      return whole
    },
  ],
  [
    /((?:token|secret|passw(?:or)?d|pwd|(?:api|access)[_-]?key|authorization|\b(?:otp|cvv|cvc|pin|ssn))["']? ?[:=] ?["']?(?:basic |bearer )?|\bbearer )([^\s"'&,;<>)]{3,})()/gi,
    secret as Replacer,
  ],
  [
    re(`((?:reset|verif|confirm|invit|magic|activat|unsubscribe|token|password)[\\w-]*/)([\\w~-]{8,})${FILE}`, 'gi'),
    secret as Replacer,
  ],
  [
    re(`A[KS]IA[A-Z\\d]{16}|eyJ[\\w.-]{17,}|([\\w-]{20,})${FILE}`),
    (whole, run, file) => (run && (file || !isRandom(run)) ? whole : '[token]'),
  ],
  [
    re(
      `${BEFORE}([2-6]\\d{3}[ .+_-]?\\d{4}[ .+_-]?\\d{4}[ .+_-]?\\d{1,7}|3\\d{3}[ .+_-]?\\d{6}[ .+_-]?\\d{4,5})((?:[ .+_-]?\\d{3}\\b)?)(\\d*)`,
    ),
    (whole, before, card, tail, rest) =>
      rest
        ? whole
        : isCard(`${card}${tail}`)
          ? `${before}[card]`
          : isCard(card as string)
            ? `${before}[card]${tail}`
            : /^[3-6]/.test(card as string)
              ? `${before}[number]${tail}`
              : whole,
  ],
  [/\+ ?\(?\d(?:[ ().+/-]{0,2}\d){7,}/g, '[phone]'],
  [
    re(
      `${BEFORE}(0\\d(?:[ +()/-]{0,2}\\d){7,}|0\\d(?:\\.\\d\\d){4}|0\\d{2,3}\\.\\d{3,4}\\.\\d{3,4}|\\(\\d{2,5}\\)[ -]?\\d{2,5}(?:[ -]?\\d{2,5}){1,3}|[2-9]\\d\\d[ .-][2-9]\\d\\d[ .-]\\d{4}\\b|1\\d\\d[ -]\\d{4}[ -]\\d{4}\\b|[6-9]\\d{4} \\d{5}\\b|\\d{3} \\d\\d \\d\\d \\d\\d\\b)`,
    ),
    number('phone', 9) as Replacer,
  ],
  [/\b((?:tel|phone|mobile|whatsapp|call|fax|simu)\b\D{0,3})(\d(?:[ .-]?\d){6,})/gi, number('phone', 7) as Replacer],
  [
    re(`${BEFORE}(\\d{9,})([\\w.-]*\\.(?:[mc]?js|css|map|wasm)\\b)?`),
    (whole, before, _, file) => (file ? whole : `${before}[number]`),
  ],
  [/()(\d+(?:-\d+){2,})/g, number('number', 9) as Replacer],
]

const apply = (text: string): string =>
  RULES.reduce((masked, [pattern, by]) => masked.replace(pattern, by as string), text)

/** Decodes `%40` and the like, however often they were escaped. */
const decoded = (text: string): string => {
  if (!/%[\da-f]{2}/i.test(text)) return text
  const ascii = text.replace(/%(?:25)*([2-7][\da-f])/gi, (_, code) => String.fromCharCode(parseInt(code, 16)))
  return safely(decodeURIComponent)(ascii) || ascii
}

export const mask = (text: string): string => {
  const plain = plainOf(text)
  // A word that hides nothing stays as it is written.
  const words = plain.split(/([\s/?#&="<>]+)/).map((word) => {
    const meant = plainOf(decoded(word))
    const masked = meant === word ? meant : apply(meant)
    return masked === meant ? word : masked
  })
  const masked = apply(words.join(''))
  return masked === plain ? text : masked
}

/** An address: its path masked, its query as far as it is allowed, and its fragment where that is a route. */
export const maskUrl = (url: string): string => {
  const [, base = '', path = '', query = '', , route] =
    /^([a-z][\w.+-]*:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#(!?\/.*))?/i.exec(url) as unknown as string[]
  return base.replace(/\/\/.*@/, '//') + mask(path) + maskQuery(query) + (route ? `#${maskUrl(route)}` : '')
}
