// Starts signals against the jsdom page and collects what they report.
import { afterEach, beforeEach, vi } from 'vitest'
import type { Config } from '../../src/config'
import type { Context, Topics } from '../../src/context'
import type { Fields, FrictionFields } from '../../src/event'
import { all } from '../../src/lib/all'
import { createBus } from '../../src/lib/bus'
import type { Stop } from '../../src/lib/listen'
import { pageUrl } from '../../src/lib/page-url'
import { getBusy } from '../../src/lib/safe'
import { selectorOf } from '../../src/lib/selector'
import { uuid } from '../../src/lib/uuid'
import { createSettings, isIgnored } from '../../src/settings'

export const CONFIG: Config = {
  apiKey: 'fk_test',
  endpoint: 'https://footfall.example',
  batchSize: 10,
  batchIntervalMs: 5000,
  own: { ignore: '.ticker' },
}

export interface Started {
  context: Context
  captured: Fields[]
  friction(name?: string): FrictionFields[]
  hide(): void
}

type Start = (context: Context) => Stop

let running: Stop = () => {}

/** Fake timers and an empty page around each test. */
export const useSignals = (...starts: Start[]): (() => Started) => {
  let started: Started

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 })
    document.body.innerHTML = ''
    history.replaceState(null, '', '/start')
    const captured: Fields[] = []
    const bus = createBus<Topics>()
    const settings = createSettings(CONFIG.own)
    const context: Context = {
      settings,
      bus,
      config: CONFIG,
      mode: () => 'granted',
      last: () => undefined,
      entry: pageUrl(),
      busy: getBusy(),
      isIgnored: (node) => isIgnored(node, settings),
      uuid,
      selectorOf,
      capture: (fields) => void captured.push(fields),
    }
    started = {
      context,
      captured,
      friction: (name) =>
        captured.filter(
          (fields): fields is FrictionFields => fields.type === 'friction' && (!name || fields.event_type === name),
        ),
      hide: () => bus.emit('hide', undefined),
    }
    running = all(...starts.map((start) => start(context)))
  })

  afterEach(() => {
    running()
    vi.useRealTimers()
  })

  return () => started
}

export const html = (markup: string): HTMLElement => {
  document.body.innerHTML = markup
  return document.body.firstElementChild as HTMLElement
}

/** Lets mutation observers report, which they do between tasks. */
export const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
