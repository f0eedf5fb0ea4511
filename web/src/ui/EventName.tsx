// The label of an event, its raw name on hover.
import { eventLabel } from '../lib/words'

export function EventName({ name }: { name: string }) {
  return <span title={name}>{eventLabel(name)}</span>
}
