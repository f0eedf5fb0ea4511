// A delivery that begins with the first thing to deliver, from this page or from an earlier one.
import { createDelivery, type Delivery } from '../delivery'
import type { Destination } from '../destination'
import type { Stop } from '../lib/listen'
import type { Storage } from '../lib/storage'
import type { Queued } from '../queue'
import { plain } from './plain'

export interface Outbox<E extends Queued> {
  push(event: E): void
  flush(): void
  stop: Stop
}

/** Parts that report at the last moment must listen to page hide before this is called. */
export const createOutbox = <E extends Queued>(
  destination: Destination<E>,
  storage: Storage,
  prefix: string,
): Outbox<E> => {
  let delivery: Delivery<E> | undefined
  let stop: Stop = () => {}

  const begin = (): Delivery<E> => {
    delivery = createDelivery(destination, storage, prefix)
    stop = delivery.start(() => {})
    delivery.adopt()
    return delivery
  }

  if (storage.keys().some((key) => key.startsWith(`${prefix}queue.`))) begin()
  return {
    // One event that cannot be written would hold up all that come after it.
    push: (event) => (delivery || begin()).push(plain(event)),
    flush: () => delivery && delivery.flush(),
    stop: () => stop(),
  }
}
