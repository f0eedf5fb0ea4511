// A printed line as text: short, whatever was printed, and without calling anything of the page where that can be helped.
//
// Getters are not read. Proxies and properties of errors may still run code of the page, and throw: then a mark stands
// for the value.
import { mask } from '../lib/mask'
import { maskJson } from '../lib/mask-json'
import { stackOf } from '../lib/stack'

/** Of each value, and of all objects of a line together. More than is kept: it is masked before it is cut. */
const MAX_CHARACTERS = 2000
const MAX_STACK = 5000
/** Of a text within an object. */
const MAX_STRING = 300
const MAX_MEMBERS = 20
const MAX_DEPTH = 4
/** To read what was printed; a single object with a million members cannot be read in part, but the next one is not begun. */
const MAX_MS = 8

export interface Line {
  text: string
  stack: string
}

/** Longer than an address or a number that a mask would know. */
const TAIL = 100

/** Half a number cannot be recognised: a text that is cut is masked before that, and its end is left out. */
const cut = (text: string, most: number): string =>
  text.length > most
    ? `${mask(text.slice(0, most + TAIL))
        .slice(0, -TAIL)
        .slice(0, most)}…`
    : text

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const attribute = (element: Element, name: string): string => Element.prototype.getAttribute.call(element, name) || ''

/** `<div#id.class>`; a form's fields may hide its own properties. */
const elementText = (element: Element): string => {
  const [id, classes] = [attribute(element, 'id'), attribute(element, 'class').trim()]
  return `<${element.localName}${id && `#${id}`}${classes && `.${classes.replace(/\s+/g, '.')}`}>`
}

/** Errors and nodes, dates and the like, which say nothing by their members. */
const wholeText = (value: object): string | undefined => {
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`, MAX_CHARACTERS)
  if (value instanceof Element) return elementText(value)
  if (value instanceof Node) return value.nodeName
  if (value === window) return 'Window'
  if (value instanceof Date) return `${Date.prototype.toJSON.call(value)}`
  if (value instanceof RegExp) return `${RegExp.prototype.toString.call(value)}`
  if (value instanceof String) return cut(String.prototype.valueOf.call(value), MAX_CHARACTERS)
  return ArrayBuffer.isView(value) ? `${classOf(value)}(${value.byteLength})` : undefined
}

/** Empty for what is written as an object or a list. */
const classOf = (value: object): string => {
  const prototype = Object.getPrototypeOf(value) as object | null
  if (!prototype || prototype === Object.prototype || Array.isArray(value)) return ''
  const made = Object.getOwnPropertyDescriptor(prototype, 'constructor')
  return typeof made?.value === 'function' ? `${made.value.name}`.slice(0, 50) : ''
}

const simpleText = (value: unknown): string => {
  if (typeof value === 'function') return `ƒ ${value.name}`
  return typeof value === 'bigint' ? `${value}n` : String(value)
}

const firstOf = (values: Iterator<unknown>): unknown[] => {
  const first: unknown[] = []
  while (first.length < MAX_MEMBERS) {
    const { done, value } = values.next()
    if (done) break
    first.push(value)
  }
  return first
}

/** What can be written as JSON, of one printed line: its budget is that of all its values. */
const createReader = () => {
  const until = performance.now() + MAX_MS
  let room = MAX_CHARACTERS

  const take = (text: string): string => {
    const taken = cut(text, Math.max(Math.min(MAX_STRING, room), 0))
    room -= taken.length + 1
    return taken
  }

  const member = (owner: object, name: string, above: object[]): unknown => {
    const { get, value } = Object.getOwnPropertyDescriptor(owner, name) || {}
    return get ? '(…)' : read(value, above)
  }

  const members = (owner: object, above: object[]): unknown => {
    if (owner instanceof Map) return firstOf(Map.prototype.entries.call(owner)).map((pair) => read(pair, above))
    if (owner instanceof Set) return firstOf(Set.prototype.values.call(owner)).map((value) => read(value, above))
    if (Array.isArray(owner)) {
      const list: unknown[] = []
      for (let i = 0; i < Math.min(owner.length, MAX_MEMBERS); i++) list.push(member(owner, `${i}`, above))
      return owner.length > MAX_MEMBERS ? [...list, '…'] : list
    }
    const names = Object.keys(owner)
    const copy: Record<string, unknown> = {}
    for (const name of names.slice(0, MAX_MEMBERS)) copy[take(name)] = member(owner, name, above)
    if (names.length > MAX_MEMBERS) copy['…'] = names.length - MAX_MEMBERS
    return copy
  }

  const read = (value: unknown, above: object[]): unknown => {
    try {
      if (room <= 0 || performance.now() > until) return '…'
      if (typeof value === 'string') return take(value)
      if (value === null || typeof value === 'boolean' || Number.isFinite(value)) {
        room -= 8
        return value
      }
      if (!isObject(value)) return take(simpleText(value))
      const whole = wholeText(value)
      if (whole !== undefined) return take(whole)
      if (above.includes(value)) return '(circular)'
      return above.length < MAX_DEPTH ? members(value, [...above, value]) : Array.isArray(value) ? '[…]' : '{…}'
    } catch {
      return '(unreadable)'
    }
  }

  return (value: object): unknown => read(value, [])
}

type Read = (value: object) => unknown

/** By itself: a text is as it is, and what JSON has no word for is written as a browser would. */
const valueText = (value: unknown, read: Read): string => {
  try {
    if (typeof value === 'string') return cut(value, MAX_CHARACTERS)
    if (!isObject(value)) return cut(simpleText(value), MAX_CHARACTERS)
    const whole = wholeText(value)
    if (whole !== undefined) return whole
    const name = classOf(value)
    // Members named like passwords are masked whole.
    return `${name}${name && ' '}${JSON.stringify(maskJson(read(value)))}`
  } catch {
    return '(unreadable)'
  }
}

/** `%s`, `%d` and the like, as the console's standard has them; styles are left out. */
const substituted = (format: string, values: unknown[], read: Read): string =>
  cut(format, MAX_CHARACTERS).replace(/%[%sdifoOc]/g, (sign) => {
    if (sign === '%%') return '%'
    if (!values.length) return sign
    const value = values.shift()
    if (sign === '%c') return ''
    const text = valueText(value, read)
    if (!/[dif]/.test(sign)) return text
    const number = isObject(value) ? Number.NaN : Number.parseFloat(text)
    return `${sign === '%f' ? number : Math.trunc(number)}`
  })

const stackText = (printed: unknown[]): string => {
  try {
    const error = printed.find((value) => value instanceof Error)
    return error ? cut(stackOf(error as Error, ''), MAX_STACK) : ''
  } catch {
    return ''
  }
}

/** Not masked yet, but for what is known by the names of members. */
export const lineOf = (printed: unknown[]): Line => {
  const read = createReader()
  const rest = printed.slice(0, MAX_MEMBERS)
  const texts: string[] = []
  if (typeof rest[0] === 'string' && rest.length > 1) texts.push(substituted(rest.shift() as string, rest, read))
  let length = texts.join('').length
  while (rest.length && length < MAX_CHARACTERS) {
    const text = valueText(rest.shift(), read)
    length += text.length
    texts.push(text)
  }
  return { text: texts.join(' '), stack: stackText(printed.slice(0, MAX_MEMBERS)) }
}
