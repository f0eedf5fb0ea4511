// A person's timeline over all contracts, latest first, by day, of the kinds chosen.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMembers } from '../../../api/members'
import { uniqueRows } from '../../../api/question'
import { dayName } from '../../../lib/locale'
import { Card } from '../../../ui/Card'
import { ExportButton } from '../../../ui/ExportButton'
import { useNow } from '../../../ui/Figures'
import { Result } from '../../../ui/Result'
import { SessionLink } from '../../../ui/SessionLink'
import { RowsSkeleton } from '../../../ui/States'
import panel from '../contacts/Panel.module.css'
import { TimelineLine } from '../contacts/TimelineLine'
import { byDay } from '../contacts/timeline'
import { personTimelineQuery, wholeTimeline } from './api'
import { KIND_NAMES, lineOf, MOMENT_KINDS, type MomentKind, type PersonLine } from './model'
import classes from './Person.module.css'

type Props = {
  projectId: string
  personId: string
  kinds: readonly MomentKind[]
  onKinds?: (kinds: MomentKind[]) => void
  /** The kinds are those of the tab. */
  isFixed?: boolean
}

export function PersonTimeline({ projectId, personId, kinds, onKinds, isFixed = false }: Props) {
  const { nameOf } = useMembers(projectId)
  const now = useNow(60_000)
  const timeline = useInfiniteQuery(personTimelineQuery(projectId, personId, kinds))
  const moments = uniqueRows(timeline.data?.pages.map((page) => page.moments) ?? [], ({ kind, id }) => `${kind} ${id}`)
  const [only] = kinds
  return (
    <Card
      title={isFixed && only ? KIND_NAMES[only] : 'Timeline'}
      help="Everything known of the person over all sources, latest first. Times are in the project’s time zone."
      actions={
        <ExportButton
          what="entries"
          one="entry"
          list={() => wholeTimeline(projectId, personId, kinds)}
          isEmpty={moments.length === 0}
        />
      }
    >
      {onKinds && <Kinds kinds={kinds} onKinds={onKinds} />}
      <Result what="The timeline" question={timeline} skeleton={<RowsSkeleton rows={12} />}>
        {() =>
          moments.length === 0 ? (
            <p className={classes.muted}>{kinds.length > 0 ? 'Nothing of this kind' : 'No activity yet'}</p>
          ) : (
            <div data-stale={timeline.isPlaceholderData || undefined} className={classes.timeline}>
              {byDay(moments.map((moment) => lineOf(moment, nameOf))).map(({ day, at, moments: lines }) => (
                <section key={day}>
                  <h3 className={panel.day}>{dayName(at, now)}</h3>
                  <ol className={panel.moments}>
                    {lines.map((line) => (
                      <TimelineLine
                        key={line.id}
                        moment={line}
                        by={line.memberId === null ? null : nameOf(line.memberId)}
                        title={<LineTitle projectId={projectId} line={line} />}
                      />
                    ))}
                  </ol>
                </section>
              ))}
              {timeline.hasNextPage && (
                <Button
                  variant="default"
                  size="compact-sm"
                  mt="xs"
                  loading={timeline.isFetchingNextPage}
                  onClick={() => void timeline.fetchNextPage()}
                >
                  Show earlier
                </Button>
              )}
            </div>
          )
        }
      </Result>
    </Card>
  )
}

/** Sessions and recordings lead to their pages. */
function LineTitle({ projectId, line }: { projectId: string; line: PersonLine }) {
  if (line.recordingId !== null) {
    return (
      <Link
        className={classes.link}
        to="/p/$projectId/recordings/$recordingId"
        params={{ projectId, recordingId: line.recordingId }}
      >
        {line.title}
      </Link>
    )
  }
  if (line.source === 'session' && line.sessionId !== null)
    return <SessionLink sessionId={line.sessionId}>{line.title}</SessionLink>
  return line.title
}

function Kinds({ kinds, onKinds }: { kinds: readonly MomentKind[]; onKinds: (kinds: MomentKind[]) => void }) {
  const turn = (kind: MomentKind) =>
    onKinds(
      kinds.includes(kind)
        ? kinds.filter((other) => other !== kind)
        : MOMENT_KINDS.filter((other) => other === kind || kinds.includes(other)),
    )
  return (
    <div className={classes.kinds} role="group" aria-label="Show only">
      <button type="button" className={classes.kind} aria-pressed={kinds.length === 0} onClick={() => onKinds([])}>
        Everything
      </button>
      {MOMENT_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className={classes.kind}
          aria-pressed={kinds.includes(kind)}
          onClick={() => turn(kind)}
        >
          {KIND_NAMES[kind]}
        </button>
      ))}
    </div>
  )
}
