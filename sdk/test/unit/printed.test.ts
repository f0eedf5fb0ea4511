// Lines of the console: bounded and masked, whatever is printed, and the page does not notice.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ConsoleEntry, createRoom } from '../../src/recorder/entries'
import { createPrinted, type Printed } from '../../src/recorder/printed'
import { lineOf } from '../../src/recorder/printed-text'

const text = (...printed: unknown[]): string => lineOf(printed).text

/** Everything of it throws. */
const hostile = (): object => {
  const refuse = (): never => {
    throw new Error('touched')
  }
  return new Proxy(
    {},
    { get: refuse, getPrototypeOf: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse, has: refuse },
  )
}

describe('a line', () => {
  it('joins what was printed as a browser would show it', () => {
    expect(text('Total', 12, true, null, undefined, BigInt(10), Symbol('s'), Number.NaN)).toBe(
      'Total 12 true null undefined 10n Symbol(s) NaN',
    )
    expect(text(function pay() {}, class Cart {})).toBe('ƒ pay ƒ Cart')
    expect(text({ a: [1, 'two', { b: undefined }] }, ['x'])).toBe('{"a":[1,"two",{"b":"undefined"}]} ["x"]')
    expect(text(new Map([['a', 1]]), new Set([2]), new Uint8Array(9))).toBe('Map [["a",1]] Set [2] Uint8Array(9)')
    expect(text(new Date(0), /a+/g)).toBe('1970-01-01T00:00:00.000Z /a+/g')
    class Money {
      amount = 3
    }
    expect(text(new Money())).toBe('Money {"amount":3}')
  })

  it('fills in a format', () => {
    expect(text('%s has %d of %f, %o%% %c.', 'Asha', '3 items', 1.5, { a: 1 }, 'color:red')).toBe(
      'Asha has 3 of 1.5, {"a":1}% .',
    )
    expect(text('%d %i', {}, 4.7)).toBe('NaN 4')
    expect(text('%s and %s', 'one')).toBe('one and %s')
    expect(text('100%')).toBe('100%')
    expect(text('%s')).toBe('%s')
  })

  it('names elements, and errors with their stacks', () => {
    document.body.innerHTML = '<div id="pay" class="big  red"><form id="f"><input name="id"></form></div>'
    expect(text(document.querySelector('#pay'), document, document.createTextNode('a'))).toBe(
      '<div#pay.big.red> #document #text',
    )
    expect(text(document.querySelector('form'))).toBe('<form#f>')
    const error = new TypeError('no such card')
    const line = lineOf(['Payment failed:', error])
    expect(line.text).toBe('Payment failed: TypeError: no such card')
    expect(line.stack).toContain('printed.test.ts')
    expect(lineOf(['plain']).stack).toBe('')
  })

  it('ends, whatever is printed', () => {
    const cyclic: Record<string, unknown> = { name: 'cart' }
    cyclic['self'] = { cyclic }
    expect(text(cyclic)).toBe('{"name":"cart","self":{"cyclic":"(circular)"}}')
    let deep: object = {}
    for (let i = 0; i < 10_000; i++) deep = { deep }
    expect(text(deep)).toBe('{"deep":{"deep":{"deep":{"deep":"{…}"}}}}')
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]))
    expect(text(wide)).toContain('"…":4980')
    for (const huge of ['x '.repeat(5e6), new String('x '.repeat(5e6)), Array(4e9).fill, new Array(4e9), wide])
      expect(text(huge).length).toBeLessThan(2100)
    expect(text(...Array(1000).fill('word '.repeat(100))).length).toBeLessThan(5000)
    expect(text('%s'.repeat(1000), ...Array(1000).fill('word '.repeat(1000))).length).toBeLessThan(50_000)
    expect(text(Object.assign(new Error('e '.repeat(1e6)), { stack: 'at x\n'.repeat(1e6) })).length).toBeLessThan(2100)
    expect(text(window)).toBe('Window')
    expect(text({ window, document })).toBe('{"window":"Window","document":"#document"}')
  })

  it('survives hostile values, and reads no getter', () => {
    const read = vi.fn()
    const withGetter = Object.defineProperty({}, 'total', { enumerable: true, get: read })
    expect(text(withGetter)).toBe('{"total":"(…)"}')
    expect(read).not.toHaveBeenCalled()
    expect(text('a', hostile(), { inside: hostile(), after: 1 })).toBe(
      'a (unreadable) {"inside":"(unreadable)","after":1}',
    )
    const failing = new Error('a')
    Object.defineProperty(failing, 'message', {
      get: () => {
        throw failing
      },
    })
    expect(lineOf([failing]).text).toBe('(unreadable)')
    const refuse = (): never => {
      throw failing
    }
    expect(text({ toString: refuse }, { toJSON: refuse })).toBe('{"toString":"ƒ refuse"} {"toJSON":"ƒ refuse"}')
    expect(text('%s %d', { toString: refuse }, hostile())).toBe('{"toString":"ƒ refuse"} NaN')
    expect(text(Object.create(null))).toBe('{}')
  })

  it('masks members by their names', () => {
    expect(text({ password: 'hunter', mail: 'a@b.co', card: '4111 1111 1111 1111' })).toBe(
      '{"password":"[token]","mail":"[email]","card":"[card]"}',
    )
  })

  it('leaves no half of a number behind where it cuts', () => {
    const before = `https://x.example/?${'q'.repeat(1970)} `
    for (let shift = 0; shift < 30; shift++) {
      const line = `${before}${'a '.repeat(shift / 2)}4111 1111 1111 1111 ${'z '.repeat(500)}`
      expect(text(line), `${shift}`).not.toMatch(/4111/)
      expect(text({ line: line.slice(1700) }), `${shift}`).not.toMatch(/4111/)
    }
  })
})

describe('the console', () => {
  let entries: ConsoleEntry[]
  let printed: Printed
  const native = vi.fn(function (this: unknown, ...values: unknown[]) {
    return values.length
  })
  const log = console.log
  const error = console.error

  beforeEach(() => {
    vi.useFakeTimers()
    console.log = native
    console.error = native
    native.mockClear()
    entries = []
    printed = createPrinted(
      createRoom(5),
      (entry) => entries.push(entry),
      () => {},
    )
    printed.start()
  })
  afterEach(() => {
    printed.stop()
    ;[console.log, console.error] = [log, error]
    vi.useRealTimers()
  })

  it('works as before, and gives back what it was', () => {
    const wrapped = console.log
    expect(wrapped).not.toBe(native)
    expect(wrapped.name).toBe(native.name)
    expect((console.log as unknown as typeof native)('a', 2)).toBe(2)
    expect(native).toHaveBeenLastCalledWith('a', 2)
    expect(native.mock.contexts.at(-1)).toBe(console)
    expect(entries).toEqual([{ level: 'log', text: 'a 2' }])
    // A spy of the page's tests is still one.
    expect(vi.mocked(console.log).mock).toBe(native.mock)
    printed.stop()
    expect(console.log).toBe(native)
    console.log('b')
    expect(entries.length).toBe(1)
  })

  it('what the page throws when it prints is thrown', () => {
    const thrown = new Error('full')
    native.mockImplementationOnce(() => {
      throw thrown
    })
    expect(() => console.log('a')).toThrow(thrown)
  })

  it('a later patch of the page stays when ours goes', () => {
    const before = console.log
    const patch = vi.fn((...values: unknown[]) => before(...values))
    console.log = patch
    printed.stop()
    expect(console.log).toBe(patch)
    console.log('after')
    expect(patch).toHaveBeenCalledOnce()
    expect(native).toHaveBeenLastCalledWith('after')
    expect(entries).toEqual([])
    printed.start()
    console.log('again')
    expect(entries).toEqual([{ level: 'log', text: 'again' }])
  })

  it('masks lines and stacks', () => {
    const failure = new Error('No account of amina@example.com')
    failure.stack = 'Error: amina@example.com\n    at https://shop.example/app.js?token=9f8e7d6c5b4a3f2e1d:1:2'
    console.error('card 4111 1111 1111 1111', failure)
    expect(entries[0]).toEqual({
      level: 'error',
      text: 'card [card] Error: No account of [email]',
      stack: 'Error: [email]\n    at https://shop.example/app.js:1:2',
    })
  })

  it('keeps 1,000 characters of a line and 2,000 of a stack, in whole lines', () => {
    const failure = new Error('x')
    failure.stack = `Error: x\n${'    at pay (shop.js:1:1)\n'.repeat(500)}`
    console.error('word '.repeat(400), failure)
    expect(entries[0]?.text.length).toBe(1000)
    expect(entries[0]?.stack?.length).toBeLessThanOrEqual(2000)
    expect(entries[0]?.stack).toMatch(/\(shop\.js:1:1\)$/)
  })

  it('counts a line that repeats itself', () => {
    for (let i = 0; i < 100; i++) console.log('tick')
    expect(entries).toEqual([{ level: 'log', text: 'tick' }])
    vi.advanceTimersByTime(5000)
    expect(entries[1]).toEqual({ level: 'log', text: 'tick', count: 99 })
    console.log('tick')
    console.error('tick')
    expect(entries.slice(2)).toEqual([
      { level: 'log', text: 'tick' },
      { level: 'error', text: 'tick' },
    ])
    console.error('tick')
    console.error('tick')
    printed.flush()
    expect(entries[4]).toEqual({ level: 'error', text: 'tick', count: 2 })
  })

  it('says once when there was more than is kept', () => {
    for (let i = 0; i < 20; i++) console.log('line', i)
    expect(entries.length).toBe(6)
    expect(entries[5]).toEqual({ level: 'warn', text: '', dropped: true })
    expect(native).toHaveBeenCalledTimes(20)
  })

  it('does not record what is printed while it reads', () => {
    const ownKeys = (): string[] => {
      console.log('reading', chatty)
      return []
    }
    const chatty: object = new Proxy({}, { ownKeys })
    console.log(chatty)
    expect(entries).toEqual([{ level: 'log', text: '{}' }])
    expect(native).toHaveBeenCalledWith('reading', chatty)
  })

  it('a hostile value does not reach the page', () => {
    expect(() => console.log(hostile())).not.toThrow()
    expect(entries[0]?.text).toBe('(unreadable)')
  })
})

it('room counts what is kept, and forgets what is thrown away', () => {
  const room = createRoom(3)
  expect([room.take(), room.take(), room.take(), room.take()]).toEqual([true, true, true, false])
  room.renew()
  expect(room.isFull()).toBe(true)
  room.renew()
  expect([room.take(), room.isFull()]).toEqual([true, false])
})
