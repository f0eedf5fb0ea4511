// The friction that is followed from visit to visit, the way to the next one, and why there is none.
import { Button, Tooltip } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { kindLabel } from '../../lib/words'
import { describe } from '../../ui/Result'
import type { SessionEvent } from './api'
import { filterOf, frictionOf, isSame, SEARCHED_DAYS } from './friction'
import type { Moment } from './model'
import classes from './Player.module.css'
import type { Friction } from './search'
import type { NextVisitSearch } from './useNextVisit'
import type { NextVisit as Found } from './visitSearch'

export const NEXT_LABEL = 'Next with this friction'
const HELP = `Goes to the visit before this one that had the same friction, among those recorded in the ${SEARCHED_DAYS} days before it (n)`

type Props = {
  projectId: string
  friction: Friction
  marks: Moment<SessionEvent>[]
  search: NextVisitSearch
  onNext: () => void
}

export function NextVisit({ projectId, friction, marks, search, onNext }: Props) {
  const { isPending, error, found, wanted, go } = search
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    // It may have been asked for in the list, where the answer is out of sight.
    if (isPending || error || found) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isPending, error, found])
  const detail =
    marks.find(({ event }) => isSame(friction, frictionOf(event)))?.detail ?? friction.selector ?? friction.path
  return (
    <section ref={box} className={classes.next} aria-label="Same friction in other visits">
      <p className={classes.followed} title={detail}>
        <b>{kindLabel(friction.friction_kind)}</b> {detail}
      </p>
      <Tooltip label={HELP}>
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<IconPlayerTrackNext size={14} />}
          aria-busy={isPending}
          onClick={onNext}
        >
          {NEXT_LABEL}
        </Button>
      </Tooltip>
      <div className={classes.outcome} role="status">
        {isPending && <p>Searching the {SEARCHED_DAYS} days before this visit…</p>}
        {found && wanted && found.is !== 'found' && (
          <>
            <p>{outcomeText(found)}</p>
            {found.is === 'unseen' && found.hasMore ? (
              <Button variant="subtle" size="compact-xs" onClick={() => go({ ...wanted, looked: found.looked })}>
                Search further
              </Button>
            ) : (
              <Link
                to="/p/$projectId/sessions"
                params={{ projectId }}
                search={{ period: '30d', ...filterOf(friction), has_recording: true }}
                className={classes.all}
              >
                Sessions of the last 30 days with it
              </Link>
            )}
          </>
        )}
      </div>
      {error && wanted && (
        <div className={classes.outcome} role="alert">
          <p>{failureText(error)}</p>
          <Button variant="subtle" size="compact-xs" onClick={() => go(wanted)}>
            Try again
          </Button>
        </div>
      )}
    </section>
  )
}

function outcomeText(found: Exclude<Found, { is: 'found' }>): string {
  if (found.is === 'none') return `No other recorded visit had this in the ${SEARCHED_DAYS} days before this one.`
  const {
    looked: { count },
    hasMore,
  } = found
  const visits = count === 1 ? 'One visit' : `${hasMore ? 'The last ' : ''}${count} visits`
  return `${visits} had this in the ${SEARCHED_DAYS} days before this one, but no recording shows it.`
}

function failureText(error: Error): string {
  const { title, detail, requestId } = describe(error)
  return [`The next visit could not be found. ${title}. ${detail}`, requestId && `Request id ${requestId}`]
    .filter(Boolean)
    .join(' ')
}
