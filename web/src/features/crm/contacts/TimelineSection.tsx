// A contact's timeline, latest first, by day.
import { Button } from '@mantine/core'
import type { InfiniteData } from '@tanstack/react-query'
import {
  IconArrowMerge, IconCalendarEvent, IconChecklist, IconCircleDot, IconCreditCard, IconEye, IconLogin2, IconMessage, IconPencil, IconSearch, type Icon,
} from '@tabler/icons-react'
import { uniqueRows } from '../../../api/question'
import type { Activity } from '../../../api/types'
import { dayName, exactTime, timeOfDay } from '../../../lib/locale'
import { useNow } from '../../../ui/Figures'
import { Result } from '../../../ui/Result'
import { SessionLink } from '../../../ui/SessionLink'
import { PanelSection } from '../../../ui/SidePanel'
import { RowsSkeleton } from '../../../ui/States'
import { Sums } from '../../../ui/When'
import { useMembers } from '../../../api/members'
import { byDay, momentOf, type Kind, type TimelineItem } from './timeline'
import classes from './Panel.module.css'

const ICONS: Record<Kind, Icon> = {
  booking: IconCalendarEvent, payment: IconCreditCard, view: IconEye, search: IconSearch, visit: IconLogin2,
  message: IconMessage, edit: IconPencil, merge: IconArrowMerge, task: IconChecklist, other: IconCircleDot,
}

type Timeline = {
  data: InfiniteData<{ activities: Activity[] }> | undefined
  error: Error | null
  refetch: () => unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

export function TimelineSection({ projectId, timeline }: { projectId: string; timeline: Timeline }) {
  const { nameOf } = useMembers(projectId)
  const now = useNow(60_000)
  return (
    <PanelSection title="Timeline">
      <Result what="The timeline" question={timeline} skeleton={<RowsSkeleton rows={6} />}>
        {(data) => {
          const activities = uniqueRows(data.pages.map((page) => page.activities), ({ id }) => id)
          if (activities.length === 0) return <p className={classes.muted}>No activity yet</p>
          return (
            <>
              {byDay(activities.map((activity) => momentOf(activity, nameOf))).map(({ day, at, moments }) => (
                <section key={day}>
                  <h4 className={classes.day}>{dayName(at, now)}</h4>
                  <ol className={classes.moments}>
                    {moments.map((moment) => (
                      <Line key={moment.id} moment={moment} by={moment.memberId === null ? null : nameOf(moment.memberId)} />
                    ))}
                  </ol>
                </section>
              ))}
              {timeline.hasNextPage && (
                <Button variant="default" size="compact-sm" mt="xs" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
                  Show earlier
                </Button>
              )}
            </>
          )
        }}
      </Result>
    </PanelSection>
  )
}

function Line({ moment, by }: { moment: TimelineItem; by: string | null }) {
  const Glyph = ICONS[moment.kind]
  return (
    <li className={classes.moment} data-tone={moment.tone}>
      <Glyph size={15} stroke={1.6} aria-hidden />
      <div className={classes.said}>
        <span className={classes.momentTitle} title={moment.name}>
          {moment.title}
          {moment.count > 1 && <span className={classes.muted}> ×{moment.count}</span>}
        </span>
        {(moment.detail || by) && <span className={classes.detail}>{[moment.detail, by && `by ${by}`].filter(Boolean).join(' · ')}</span>}
      </div>
      {moment.amount && (
        <b className={classes.amount}>
          <Sums sums={[moment.amount]} />
        </b>
      )}
      <time className={classes.clock} dateTime={moment.at} title={exactTime(moment.at)}>
        {moment.sessionId ? <SessionLink sessionId={moment.sessionId}>{timeOfDay(moment.at)}</SessionLink> : timeOfDay(moment.at)}
      </time>
    </li>
  )
}
