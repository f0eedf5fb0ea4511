// The events of the session beside the replay: where it stands in them, and a click goes there.
import { SegmentedControl } from '@mantine/core'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import type { SessionEvent } from './api'
import { clock, currentIndex, isError, isMarked, type Moment } from './model'
import classes from './Player.module.css'

type Question = { data: object | undefined; error: Error | null; refetch: () => unknown }
type Props = { question: Question; moments: Moment<SessionEvent>[]; ms: number; onSeek: (ms: number) => void }

const VIEWS = { all: 'All', friction: 'Friction', errors: 'Errors' } as const
type View = keyof typeof VIEWS
const EMPTY: Record<View, string> = { all: 'No events during this recording.', friction: 'No friction during this recording.', errors: 'No errors during this recording.' }

export function MomentList({ question, moments, ms, onSeek }: Props) {
  const [view, setView] = useState<View>('all')
  const shown = useMemo(() => moments.filter((moment) => view === 'all' || (view === 'errors' ? isError(moment.event) : isMarked(moment))), [moments, view])
  const current = currentIndex(shown, ms)
  const list = useRef<HTMLOListElement>(null)

  useEffect(() => {
    const box = list.current
    const row = box?.children[current] as HTMLElement | undefined
    // Within the list alone: the page stays where it is.
    if (box && row && !box.matches(':hover')) box.scrollTop = row.offsetTop - box.clientHeight / 2
  }, [current])

  return (
    <Card title="Events" help="What happened in the visit. Click an event to watch from there." flush actions={<SegmentedControl size="xs" aria-label="Events shown" value={view} onChange={(value) => setView(value as View)} data={Object.entries(VIEWS).map(([value, label]) => ({ value, label }))} />}>
      <Result what="The events of the session" question={question} skeleton={<RowsSkeleton rows={8} />}>
        {() =>
          shown.length === 0 ? (
            <p className={classes.none}>{EMPTY[view]}</p>
          ) : (
            <ol ref={list} className={classes.moments} aria-label="Events of the session" tabIndex={0}>
              {shown.map((moment, index) => (
                <Row key={moment.event.id} moment={moment} isCurrent={index === current} onSeek={onSeek} />
              ))}
            </ol>
          )
        }
      </Result>
    </Card>
  )
}

/** Drawn again only when it becomes the current one or no longer is: the position changes many times a second. */
const Row = memo(function Row({ moment, isCurrent, onSeek }: { moment: Moment<SessionEvent>; isCurrent: boolean; onSeek: (ms: number) => void }) {
  return (
    <li>
      <button type="button" className={classes.moment} aria-current={isCurrent || undefined} onClick={() => onSeek(moment.ms)}>
        <span className={classes.at}>{clock(moment.ms)}</span>
        <span className={classes.dot} data-tone={moment.tone} />
        <span className={classes.what}>
          <b>{moment.label}</b>
          {moment.detail && <span title={moment.detail}>{moment.detail}</span>}
        </span>
      </button>
    </li>
  )
})
