// The events of the session beside the replay: where it stands in them, a click goes there, and from friction to other visits.
import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import type { SessionEvent } from './api'
import { frictionOf } from './friction'
import { clock, currentIndex, isError, isMarked, type Moment } from './model'
import { NEXT_LABEL } from './NextVisit'
import classes from './Player.module.css'
import type { Friction } from './search'

type Question = { data: object | undefined; error: Error | null; refetch: () => unknown }
type Props = {
  question: Question
  moments: Moment<SessionEvent>[]
  ms: number
  onSeek: (ms: number) => void
  onNext: (friction: Friction) => void
}

const VIEWS = { all: 'All', friction: 'Friction', errors: 'Errors' } as const
type View = keyof typeof VIEWS
const EMPTY: Record<View, string> = {
  all: 'No events during this recording.',
  friction: 'No friction during this recording.',
  errors: 'No errors during this recording.',
}

export function MomentList({ question, moments, ms, onSeek, onNext }: Props) {
  const [view, setView] = useState<View>('all')
  const shown = useMemo(
    () => moments.filter((moment) => view === 'all' || (view === 'errors' ? isError(moment.event) : isMarked(moment))),
    [moments, view],
  )
  const current = currentIndex(shown, ms)
  const list = useRef<HTMLOListElement>(null)

  useEffect(() => {
    const box = list.current
    const row = box?.children[current] as HTMLElement | undefined
    // Within the list alone: the page stays where it is.
    if (box && row && !box.matches(':hover')) box.scrollTop = row.offsetTop - box.clientHeight / 2
  }, [current])

  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Events shown"
          value={view}
          onChange={(value) => setView(value as View)}
          data={Object.entries(VIEWS).map(([value, label]) => ({ value, label }))}
        />
      </div>
      <Result what="The events of the session" question={question} skeleton={<RowsSkeleton rows={8} />}>
        {() =>
          shown.length === 0 ? (
            <p className={classes.none}>{EMPTY[view]}</p>
          ) : (
            <ol ref={list} className={classes.moments} aria-label="Events of the session" tabIndex={0}>
              {shown.map((moment, index) => (
                <Row
                  key={moment.event.id}
                  moment={moment}
                  isCurrent={index === current}
                  onSeek={onSeek}
                  onNext={onNext}
                />
              ))}
            </ol>
          )
        }
      </Result>
    </>
  )
}

/** Drawn again only when it becomes the current one or no longer is: the position changes many times a second. */
const Row = memo(function Row({
  moment,
  isCurrent,
  onSeek,
  onNext,
}: { moment: Moment<SessionEvent>; isCurrent: boolean } & Pick<Props, 'onSeek' | 'onNext'>) {
  const friction = frictionOf(moment.event)
  return (
    <li>
      <button
        type="button"
        className={classes.moment}
        aria-current={isCurrent || undefined}
        onClick={() => onSeek(moment.ms)}
      >
        <span className={classes.at}>{clock(moment.ms)}</span>
        <span className={classes.dot} data-tone={moment.tone} />
        <span className={classes.what}>
          <b>{moment.label}</b>
          {moment.detail && <span title={moment.detail}>{moment.detail}</span>}
        </span>
      </button>
      {friction && (
        <Tooltip label={NEXT_LABEL}>
          <ActionIcon
            aria-label={`${NEXT_LABEL}: ${moment.label} at ${clock(moment.ms)}`}
            onClick={() => onNext(friction)}
          >
            <IconPlayerTrackNext size={14} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  )
})
