import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchLeaving } from '../../../src/core/leaving'
import type { Stop } from '../../../src/lib/listen'
import { hidePage, pass, useServer } from '../../support/server'
import { dispatchTrusted } from '../../support/trusted'

useServer()
let left: boolean[]
let stop: Stop = () => {}
const start = (): void => {
  left = []
  stop = watchLeaving((isSiteLeft) => left.push(isSiteLeft))
}
afterEach(() => stop())

describe('with the Navigation API', () => {
  let navigation: EventTarget
  const navigate = (url: string, more: { sameDocument?: boolean; downloadRequest?: string } = {}): void => {
    const { sameDocument = false, downloadRequest = null } = more
    const destination = { url: new URL(url, location.href).href, sameDocument }
    navigation.dispatchEvent(Object.assign(new Event('navigate'), { destination, downloadRequest }))
  }

  beforeEach(() => {
    navigation = new EventTarget()
    vi.stubGlobal('navigation', navigation)
    start()
  })

  it.each([
    ['nothing was announced', () => {}, true],
    ['a page of the site comes next', () => navigate('/next'), false],
    ['another site comes next', () => navigate('https://other.example/'), true],
    ['a place in the page was gone to', () => navigate('#top', { sameDocument: true }), true],
    ['a file was fetched', () => navigate('/file', { downloadRequest: 'file' }), true],
    [
      'a router took the page over',
      () => {
        navigate('/route')
        navigation.dispatchEvent(new Event('navigatesuccess'))
      },
      true,
    ],
  ])('knows whether the site is left when %s', async (_name, before, isSiteLeft) => {
    before()
    await hidePage()
    expect(left).toEqual([isSiteLeft])
  })

  it('forgets an announcement that led nowhere', async () => {
    navigate('/204')
    await pass(30_000)
    await hidePage()
    expect(left).toEqual([true])
  })

  it('takes each announcement once', async () => {
    navigate('/next')
    await hidePage()
    await hidePage()
    expect(left).toEqual([false, true])
  })
})

it('without it, what a router took over is no way out', async () => {
  start()
  document.body.innerHTML = '<a href="/next">Next</a>'
  const link = document.body.firstElementChild as Element
  link.addEventListener('click', (event) => event.preventDefault())
  dispatchTrusted(link, new MouseEvent('click', { bubbles: true, cancelable: true }))
  await hidePage()
  expect(left).toEqual([true])
})
