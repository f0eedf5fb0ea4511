import { describe, expect, it } from 'vitest'
import { startClicks } from '../../src/signals/clicks'
import { startError } from '../../src/signals/error'
import { startReactions } from '../../src/signals/reactions'
import { html, settle, useSignals } from '../support/signals'
import { click, dispatchTrusted } from '../support/trusted'

const page = useSignals(startReactions, startClicks, startError)

const fail = (error: unknown, message = 'Uncaught'): void => {
  dispatchTrusted(
    window,
    new ErrorEvent('error', { error, message, filename: 'https://shop.example/app.js', lineno: 3, colno: 7 }),
  )
}

const reject = (reason: unknown): void => {
  const event = new Event('unhandledrejection')
  Object.defineProperty(event, 'reason', { value: reason })
  dispatchTrusted(window, event)
}

describe('an uncaught error', () => {
  it('is reported with its message, stack and type', () => {
    const error = new TypeError('x is not a function')
    fail(error)
    expect(page().friction()).toEqual([
      {
        type: 'friction',
        event_type: 'javascript_error',
        severity: 'high',
        error_message: 'TypeError: x is not a function',
        stack: error.stack,
        metadata: { error_type: 'TypeError' },
      },
    ])
  })

  it('is reported with its place when something else was thrown', () => {
    fail('no error object', 'Uncaught no error object')
    expect(page().friction()).toMatchObject([
      { error_message: 'Uncaught no error object', stack: 'at https://shop.example/app.js:3:7' },
    ])
  })

  it('is reported five times at most', () => {
    const error = new Error('again')
    for (let i = 0; i < 8; i++) fail(error)
    expect(page().friction('javascript_error')).toHaveLength(5)
    fail(new Error('another'))
    expect(page().friction('javascript_error')).toHaveLength(6)
  })

  it('counts as the same when only numbers differ', () => {
    for (let i = 0; i < 8; i++) fail(Object.assign(new Error(`item ${i}`), { stack: 'at f' }))
    expect(page().friction('javascript_error')).toHaveLength(5)
  })

  it('is cut to a length, which leaves more than is sent: it is masked before that', () => {
    fail(Object.assign(new Error('m'.repeat(5000)), { stack: 's'.repeat(50_000) }))
    const [{ error_message, stack } = {}] = page().friction()
    expect(error_message).toHaveLength(2048)
    expect(stack).toHaveLength(9999)
  })

  it('is not a failed image, nor an event made by a script', () => {
    dispatchTrusted(html('<img>'), new Event('error'))
    window.dispatchEvent(new ErrorEvent('error', { message: 'made up' }))
    expect(page().friction()).toEqual([])
  })
})

describe('an unhandled rejection', () => {
  it('is reported with its reason', () => {
    reject(new RangeError('too far'))
    reject('plain')
    reject(undefined)
    expect(page().friction()).toMatchObject([
      { event_type: 'unhandled_rejection', error_message: 'RangeError: too far', severity: 'high' },
      { event_type: 'unhandled_rejection', error_message: 'plain' },
      { event_type: 'unhandled_rejection', error_message: 'undefined' },
    ])
  })

  it('cannot break us with a hostile reason', () => {
    reject({
      get message() {
        throw new Error('gotcha')
      },
    })
    fail(new Error('still listening'))
    expect(page().friction()).toMatchObject([{ error_message: 'Error: still listening' }])
  })
})

describe('an error click', () => {
  it('links an error to the click up to a second before it', async () => {
    click(html('<button id="buy">Buy</button>'))
    await settle(1000)
    fail(new Error('boom'))
    expect(page().friction('error_click')).toMatchObject([
      {
        severity: 'high',
        element_selector: '#buy',
        element_text: 'Buy',
        error_message: 'Error: boom',
        timestamp: 1_700_000_000_000,
        metadata: { click_id: expect.stringMatching(/^[\da-f-]{36}$/), error_type: 'Error' },
      },
    ])
  })

  it('follows from a rejection too', () => {
    click(html('<button>Buy</button>'))
    reject(new Error('boom'))
    expect(page().friction('error_click')).toHaveLength(1)
  })

  it('is one for each click', () => {
    click(html('<button>Buy</button>'))
    fail(new Error('one'))
    fail(new Error('two'))
    expect(page().friction('error_click')).toHaveLength(1)
    expect(page().friction('javascript_error')).toHaveLength(2)
  })

  it('is none when the error came later, or before', async () => {
    fail(new Error('before'))
    click(html('<button>Buy</button>'))
    await settle(1001)
    fail(new Error('later'))
    expect(page().friction('error_click')).toEqual([])
  })

  it('is none after a click by a script', () => {
    html('<button>Buy</button>').click()
    fail(new Error('boom'))
    expect(page().friction('error_click')).toEqual([])
  })
})
