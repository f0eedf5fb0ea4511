// One endpoint of the server: how its events make requests.
import type { Queued } from './queue'
import type { Stats } from './stats'

export interface Destination<E extends Queued> {
  /** As many make a request; fewer wait for the interval. */
  batchSize: number
  batchIntervalMs: number
  /** As many at most make a request, where that is more than make one. */
  batchMax?: number
  /** What may stand in one request, each list by itself. */
  together(events: E[]): E[][]
  /** Address and body; keys travel inside, since a beacon cannot set headers. */
  request(events: E[], stats: Stats): [url: string, body: string]
  /** No request before it, but those of a page that goes away. */
  begins?: Promise<void> | undefined
  /** The answers that asking again will not change: their events are dropped. */
  final: RegExp
}
