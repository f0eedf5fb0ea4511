import { act, createElement, type ReactElement, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFootfall, type Footfall } from '../../../src/footfall'
import {
  type BehaviorTracking,
  FootfallProvider,
  SessionTracker,
  type SessionTrackerProps,
  type Track,
  useBehaviorTracking,
  useTrack,
  useWidget,
  type WidgetCalls,
} from '../../../src/react'
import { ASHA, hidePage, JUMA, OPTIONS, pass, useServer } from '../../support/server'

const server = useServer()
let footfall: Footfall
let root: Root
let count = 0

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  footfall = createFootfall(OPTIONS)
  root = createRoot(document.body.appendChild(document.createElement('div')))
})
afterEach(async () => {
  await act(async () => root.unmount())
  footfall.stop()
})

/** As a strict application shows it: mounted, unmounted and mounted again. */
const show = (element: ReactElement | null): Promise<void> =>
  act(async () => root.render(createElement(StrictMode, null, createElement(FootfallProvider, { footfall }, element))))
const tracker = (user: SessionTrackerProps['user']): ReactElement => createElement(SessionTracker, { user })
const paths = (): string[] => server.sent.map(({ path }) => path.replace('/api/analytics/', ''))

describe('SessionTracker', () => {
  it('tells of a session once, however often it is shown', async () => {
    await show(tracker(undefined))
    await pass()
    expect(server.sent).toEqual([])
    await show(tracker({ ...ASHA }))
    await show(tracker({ ...ASHA }))
    await show(null)
    await show(tracker({ ...ASHA }))
    await pass()
    expect(paths()).toEqual(['session/start'])
  })

  it('takes people as sign-ins hand them over', async () => {
    const person = { ...ASHA, self: {} }
    person.self = person
    await show(tracker(person))
    await pass()
    expect(paths()).toEqual(['session/start'])
  })

  it('follows who is signed in', async () => {
    await show(tracker(ASHA))
    await show(tracker(JUMA))
    await show(tracker(undefined))
    await show(tracker(null))
    await show(tracker(null))
    await pass(1000)
    expect(server.sent.map(({ body }) => [body.user_id, body.reason])).toEqual([
      ['7', undefined],
      ['7', 'user_switch'],
      ['u-8', undefined],
      ['u-8', 'sign_out'],
    ])
  })

  it('ends the session with the page', async () => {
    await show(tracker(ASHA))
    await hidePage()
    await pass(1000)
    expect(paths()).toEqual(['session/start', 'session/end'])
  })
})

describe('useBehaviorTracking and useTrack', () => {
  it('give the same functions at every render, which tell', async () => {
    const seen: [BehaviorTracking, Track][] = []
    const Page = (): null => {
      seen.push([useBehaviorTracking(), useTrack()])
      return null
    }
    await show(createElement(Page))
    await show(createElement(Page))
    expect(new Set(seen.map(([behavior]) => behavior.trackSearch)).size).toBe(1)
    expect(new Set(seen.map(([, track]) => track)).size).toBeLessThanOrEqual(2)
    expect(seen.at(-1)?.[1]).toBe(seen.at(-2)?.[1])
    footfall.identify(ASHA)
    const [behavior, track] = seen.at(-1) as [BehaviorTracking, Track]
    behavior.trackPropertyView('p-1')
    track('booking.started', { vehicle_id: 1 })
    await pass(5000)
    expect(paths().sort()).toEqual(['/api/tracking/flush', '/track-event'])
  })
})

describe('useWidget', () => {
  const told = (): string[] =>
    server
      .to('/api/analytics/track')
      .flatMap(({ events }) => events)
      .map(({ event_type }: { event_type: string }) => event_type)
  let calls: WidgetCalls
  const Call = ({ id }: { id: string }): null => {
    calls = useWidget(id)
    return null
  }
  const call = (): ReactElement => createElement(Call, { id: `00000000-0000-4000-8000-10000000000${count}` })
  beforeEach(() => void count++)

  it('loads once, and ends the call of a component that goes', async () => {
    await show(call())
    await pass()
    calls.open()
    calls.callStart()
    await pass(31_000)
    await show(null)
    await pass(60_000)
    expect(told()).toEqual(['widget_load', 'widget_open', 'call_start', 'call_heartbeat', 'call_end'])
    calls.callStart()
    await pass()
    expect(told()).toHaveLength(5)
  })

  it('does not load what is gone at once', async () => {
    await show(call())
    await show(null)
    await pass()
    expect(told()).toEqual([])
  })
})

it('hooks without a provider do nothing', async () => {
  let calls: (() => void)[] = []
  const Page = (): ReactElement => {
    const { trackSearch } = useBehaviorTracking()
    const track = useTrack()
    const { callStart } = useWidget('w')
    calls = [() => trackSearch('x'), () => track('chat.message'), () => callStart()]
    return tracker(ASHA)
  }
  await act(async () => root.render(createElement(Page)))
  for (const call of calls) call()
  await hidePage()
  expect(server.sent).toEqual([])
})

it('renders on a server without a word', () => {
  const app = createElement(FootfallProvider, { footfall }, tracker(ASHA), 'Shop')
  expect(renderToString(app)).toBe('Shop')
  expect(server.sent).toEqual([])
})
