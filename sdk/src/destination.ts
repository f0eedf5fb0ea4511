// One endpoint of the server: how its events make requests.
import type { Queued } from './queue'
import type { Stats } from './stats'

export interface Destination<E extends Queued> {
  /** As many make a request; fewer wait for the interval. */
  batchSize: number
  batchIntervalMs: number
  /** As many at most make a request, where that is more than make one. */
  batchMax?: number
  /** The lists of events that one request may carry, each on its own. */
  together(events: E[]): E[][]
  /** Address and body; keys travel inside, since a beacon cannot set headers. */
  request(events: E[], stats: Stats): [url: string, body: string]
  /** The first request, except for a page that is being left. */
  begins?: Promise<void> | undefined
  /** The answers that asking again will not change: their events are dropped. */
  final: RegExp
}
