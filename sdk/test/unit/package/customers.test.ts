import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Core, createCore } from '../../../src/core/core'
import type { Automatic } from '../../../src/core/options'
import { type CustomerTracking, createCustomers } from '../../../src/customers/customers'
import { ASHA, hidePage, JUMA, OPTIONS, pass, useServer } from '../../support/server'
import { dispatchTrusted } from '../../support/trusted'

const PATH = '/track-event'
const server = useServer()
let core: Core
let customers: CustomerTracking

const open = (automatic: Automatic = {}): void => {
  core = createCore(OPTIONS)
  customers = createCustomers(core, automatic)
}
const close = (): void => {
  customers.stop()
  core.stop()
}
const reopen = (automatic?: Automatic): void => {
  close()
  open(automatic)
}
const told = (): [string, object][] => server.to(PATH).map(({ event_type, event_data }) => [event_type, event_data])
const html = (markup: string): Element => {
  document.body.innerHTML = markup
  return document.body.firstElementChild as Element
}
const click = (element: Element): Event => dispatchTrusted(element, new MouseEvent('click', { bubbles: true }))
const submit = (form: Element): Event => dispatchTrusted(form, new Event('submit', { bubbles: true }))

beforeEach(() => open())
afterEach(close)

describe('a customer event', () => {
  it('goes to its endpoint in the contract’s words', async () => {
    core.identify(ASHA)
    customers.track('booking.started', { vehicle_id: 3, vehicle_name: 'Land Cruiser', total_amount: 450 })
    await pass()
    expect(server.to(PATH)).toEqual([
      {
        api_key: 'fk_test',
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        event_type: 'booking.started',
        customer: ASHA,
        event_data: { vehicle_id: 3, vehicle_name: 'Land Cruiser', total_amount: 450 },
        session: { session_id: core.place().session_id },
        page_url: 'https://shop.example/start',
        timestamp: 1_700_000_000_000,
        sent_at: expect.any(Number),
      },
    ])
  })

  it('of visitors whom nobody names does not exist', async () => {
    customers.track('search.performed', { location: 'Arusha' })
    core.identify({ name: 'Nobody', phone: '1' })
    customers.track('chat.message')
    core.identify(ASHA)
    core.signOut()
    customers.track('booking.completed', { booking_id: 1 })
    click(html('<button data-footfall-track="booking.started">Book</button>'))
    await pass(60_000)
    await hidePage()
    expect(server.sent).toEqual([])
  })

  it('does not exist where Global Privacy Control asks for that', async () => {
    vi.stubGlobal('navigator', { globalPrivacyControl: true })
    core.identify(ASHA)
    customers.track('chat.message')
    await pass()
    expect(server.sent).toEqual([])
  })

  // The browser tells this tab of the other's sign-in a moment after the storage changed.
  it('of somebody whom another tab has replaced does not exist', async () => {
    core.identify(ASHA)
    const key = Object.keys(localStorage).find((name) => name.endsWith('user')) as string
    localStorage.setItem(key, JSON.stringify({ user: JUMA.id, session_id: 'theirs' }))
    customers.track('chat.message')
    await pass()
    expect(server.to(PATH)).toEqual([])
  })

  it('says what is known of the customer by then', async () => {
    core.identify({ id: 7 })
    core.identify({ id: 7, phone: '+255 1' })
    customers.track('customer.updated')
    core.identify(JUMA)
    customers.track('customer.login')
    await pass(1000)
    expect(server.to(PATH).map(({ customer }) => customer)).toEqual([{ id: 7, phone: '+255 1' }, JUMA])
  })

  it('about a purchase is known by the purchase', async () => {
    core.identify(ASHA)
    customers.track('booking.completed', { booking_id: 'b-1' })
    customers.track('order.placed', { order_id: 9 })
    customers.track('booking.completed')
    await pass(1000)
    const ids = server.to(PATH).map(({ id }) => id)
    expect(ids.slice(0, 2)).toEqual(['booking:b-1', 'order:9'])
    expect(ids[2]).toMatch(/^[\da-f-]{36}$/)
  })

  it('leaves a page in ten requests at most, the newest first of all', async () => {
    server.replies = Array.from({ length: 50 }, () => 503)
    core.identify(ASHA)
    for (let index = 0; index < 30; index++) customers.track('chat.message', { index })
    server.reset()
    await hidePage()
    const left = server.sent.filter(({ keepalive }) => keepalive).map(({ body }) => body.event_data.index)
    expect(left).toEqual(Array.from({ length: 10 }, (_, index) => index + 20))
  })

  it.each([401, 403])('is not told again after %i', async (status) => {
    server.replies = [status]
    core.identify(ASHA)
    customers.track('chat.message')
    await pass(600_000)
    expect(server.sent).toHaveLength(1)
  })
})

describe('a booking under way', () => {
  const DATA = { vehicle_id: 3, total_amount: 450 }
  beforeEach(() => core.identify(ASHA))

  it('is abandoned with the site, in a request that outlives the page', async () => {
    customers.track('booking.started', DATA)
    await pass()
    reopen()
    core.identify(ASHA)
    customers.track('booking.step_completed', { step: 'driver', total_amount: 500 })
    await pass()
    server.reset()
    await hidePage()
    await hidePage()
    expect(told()).toEqual([['booking.abandoned', { vehicle_id: 3, step: 'driver', total_amount: 500 }]])
    expect(server.sent.map(({ keepalive }) => keepalive)).toEqual([true])
  })

  it('is started again by a page that was only loaded again', async () => {
    customers.track('booking.started', DATA)
    await hidePage()
    reopen()
    await pass(50_000)
    core.identify(ASHA)
    core.identify(ASHA)
    await pass(1000)
    expect(told()).toEqual([
      ['booking.started', DATA],
      ['booking.abandoned', DATA],
      ['booking.started', DATA],
    ])
  })

  it('is not started again by a later visit, nor by somebody else', async () => {
    customers.track('booking.started', DATA)
    await hidePage()
    reopen()
    core.identify(JUMA)
    await pass(60_000)
    core.identify(ASHA)
    await hidePage()
    expect(told().map(([name]) => name)).toEqual(['booking.started', 'booking.abandoned'])
  })

  it('goes on when the page is loaded again by a key', async () => {
    customers.track('booking.started', DATA)
    dispatchTrusted(document, new KeyboardEvent('keydown', { key: 'r', ctrlKey: true, bubbles: true }))
    await hidePage()
    expect(told().map(([name]) => name)).toEqual(['booking.started'])
  })

  it('goes on when the next page of the site comes', async () => {
    customers.track('booking.started', DATA)
    click(html('<a href="/driver">Next</a>'))
    await hidePage()
    expect(told().map(([name]) => name)).toEqual(['booking.started'])
  })

  it.each(['booking.completed', 'booking.abandoned'] as const)('is over by %s', async (name) => {
    customers.track('booking.started', DATA)
    customers.track(name)
    await hidePage()
    await pass(1000)
    expect(told().map(([told]) => told)).toEqual(['booking.started', name])
  })

  it('is nobody else’s', async () => {
    customers.track('booking.started', DATA)
    core.identify(JUMA)
    await hidePage()
    await pass(1000)
    expect(told().map(([name]) => name)).toEqual(['booking.started'])
  })

  it('is left alone when asked to', async () => {
    reopen({ abandonedBookings: false })
    core.identify(ASHA)
    customers.track('booking.started', DATA)
    await hidePage()
    expect(told().map(([name]) => name)).toEqual(['booking.started'])
  })
})

describe('the page tells by itself', () => {
  it('what its elements are marked with', async () => {
    core.identify(ASHA)
    const data = `data-footfall-data='{"vehicle_id":7}'`
    click(
      html(`<button data-footfall-track="booking.started" ${data}><b>Book</b></button>`).firstElementChild as Element,
    )
    click(html(`<button data-footfall-track="chat.message" data-footfall-data="[nonsense">Chat</button>`))
    click(html('<button>Other</button>'))
    await pass(1000)
    expect(told()).toEqual([
      ['booking.started', { vehicle_id: 7 }],
      ['chat.message', {}],
    ])
  })

  it('that a marked form was submitted, and not what it holds', async () => {
    core.identify(ASHA)
    const form = '<form name="contact" data-footfall-track="form.submitted"><input name="name" value="secret"></form>'
    click(html(form).firstElementChild as Element)
    submit(html(form))
    submit(html('<form name="search"></form>'))
    await pass(1000)
    expect(told()).toEqual([['form.submitted', { form_name: 'contact' }]])
    expect(JSON.stringify(server.sent)).not.toContain('secret')
  })

  it('of every form, page and sign-in when asked to', async () => {
    reopen({ forms: true, pageViews: true, logins: true })
    core.identify(ASHA)
    core.identify(ASHA)
    submit(html('<form id="search"></form>'))
    html('<main data-footfall-view="villa.viewed" data-footfall-data=\'{"item_id":3}\'></main>')
    await pass(1000)
    document.title = 'Next'
    history.pushState(null, '', '/next')
    history.replaceState(null, '', '/next?step=1')
    await pass(1000)
    reopen({ logins: true })
    core.identify(ASHA)
    await pass(1000)
    const item: [string, object] = ['villa.viewed', { item_id: 3 }]
    expect(told()).toEqual([
      ['customer.login', {}],
      ['form.submitted', { form_name: 'search' }],
      ['page.viewed', { page_title: 'Shop' }],
      item,
      ['page.viewed', { page_title: 'Next' }],
      item,
      item,
    ])
  })

  it('of a page whose visitor is known only later', async () => {
    reopen({ pageViews: true })
    await pass(1000)
    core.identify(ASHA)
    core.identify(ASHA)
    await pass(1000)
    expect(told()).toEqual([['page.viewed', { page_title: 'Shop' }]])
  })
})
