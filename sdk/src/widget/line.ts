// The way out of a page for one widget, however often the page makes it anew.
import { type Consent, createStores, isKept } from '../core/consent'
import { createOutbox, type Outbox } from '../core/outbox'
import { type Bus, createBus } from '../lib/bus'
import { listen } from '../lib/listen'
import { type WidgetEvent, widgetDestination } from './destination'

export interface Line {
  outbox: Outbox<WidgetEvent>
  /** `hide`: the page goes away. */
  bus: Bus<{ hide: undefined }>
}

const lines = new Map<string, Line>()

/** Only where there is a page. By widget, since the answer to one must not silence the others. */
export const lineOf = (id: string, endpoint: string, consent: Consent): Line => {
  const key = `${endpoint} ${id}`
  const known = lines.get(key)
  if (known) return known
  const bus: Line['bus'] = createBus()
  // Before the delivery listens: the end of a call leaves with the page.
  listen(window, 'pagehide', () => bus.emit('hide', undefined))
  const { storage } = createStores(() => isKept(consent))
  const line = { bus, outbox: createOutbox(widgetDestination(endpoint), storage, `footfall.widget.${id}.`) }
  lines.set(key, line)
  return line
}
