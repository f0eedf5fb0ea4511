// Friction that is followed from visit to visit: what counts as the same, where it is searched, and when a recording shows it; pure.
import type { components } from '../../api/schema.gen'
import type { EventRow } from '../../api/types'
import { instant, type Range } from '../../lib/period'
import { currentIndex, type Moment, momentsOf } from './model'
import { type Friction, parseFriction } from './search'

type Session = Pick<components['schemas']['Session'], 'session_id' | 'started_at'>
type Recording = Pick<components['schemas']['Recording'], 'id' | 'started_at' | 'duration_seconds'>
type Event = Pick<
  EventRow,
  | 'id'
  | 'occurred_at'
  | 'name'
  | 'category'
  | 'path'
  | 'element_text'
  | 'element_selector'
  | 'error_message'
  | 'error_group'
  | 'severity'
>

/** A visit in the list of all, which is sorted by their begin. */
export type Place = Session

/** The friction that an event is; undefined where it is none, or names nothing that it could be found by. */
export function frictionOf({
  category,
  name,
  path,
  element_selector,
  error_group,
}: Omit<Event, 'id' | 'occurred_at'>): Friction | undefined {
  return category === 'friction'
    ? parseFriction({ friction_kind: name, selector: element_selector, error_group, path })
    : undefined
}

/** A group of errors is one, whether they were thrown or rejected. */
export function isSame(a: Friction, b: Friction | undefined): boolean {
  if (a.error_group !== undefined) return a.error_group === b?.error_group
  return a.friction_kind === b?.friction_kind && a.selector === b.selector && a.path === b.path
}

/** A rage click that the page answered: it is shown, but counts nowhere. */
const isAnswered = ({ name, severity }: Pick<Event, 'name' | 'severity'>): boolean =>
  name === 'rage_click' && severity === 'low'

/** The parameters by which the API finds visits with it. */
export function filterOf({ friction_kind, selector, error_group, path }: Friction) {
  if (error_group !== undefined) return { error_group }
  return { friction_kind, ...(selector === undefined ? {} : { selector }), ...(path === undefined ? {} : { path }) }
}

/** How long before a visit others are searched. */
export const SEARCHED_DAYS = 30
const DAY = 86_400_000
/** The clock of a visitor may be a little ahead. */
const AHEAD = 60_000

/** The days before a visit began, and the one after: no visit is longer, and one that began earlier may have had its friction later. */
export function searchedPeriod({ started_at }: Pick<Place, 'started_at'>, now: number): Range {
  const started = Date.parse(started_at)
  return {
    from: instant(started - SEARCHED_DAYS * DAY),
    to: instant(Math.max(started + 1_000, Math.min(started + DAY, now + AHEAD))),
  }
}

/** Those of a page of the list, the latest first, that come after a visit; by its begin where the page does not have it. */
export function visitsAfter<S extends Session>(sessions: readonly S[], place: Place): S[] {
  const at = sessions.findIndex(({ session_id }) => session_id === place.session_id)
  return at < 0
    ? sessions.filter(({ started_at }) => Date.parse(started_at) < Date.parse(place.started_at))
    : sessions.slice(at + 1)
}

/** How long before the friction a recording begins to play. */
const LEAD_SECONDS = 3

/** The earliest moment at which a recording shows it, a few seconds before. */
export function firstShown(
  recordings: readonly Recording[],
  events: readonly Event[],
  friction: Friction,
): { recordingId: string; seconds: number } | undefined {
  const same = events.filter((event) => !isAnswered(event) && isSame(friction, frictionOf(event)))
  const earliest = [...recordings].sort((a, b) => Date.parse(a.started_at) - Date.parse(b.started_at))
  for (const { id, started_at, duration_seconds } of earliest) {
    const [moment] = momentsOf(same, Date.parse(started_at), duration_seconds * 1_000)
    if (moment) return { recordingId: id, seconds: Math.max(0, Math.floor(moment.ms / 1_000) - LEAD_SECONDS) }
  }
  return undefined
}

/** What there is to follow at a position: the friction reached last; before any, the first. */
export function frictionAt<R extends Event>(moments: readonly Moment<R>[], ms: number): Friction | undefined {
  const followed = moments.filter(({ event }) => frictionOf(event) !== undefined)
  const at = followed[Math.max(0, currentIndex(followed, ms))]
  return at && frictionOf(at.event)
}
