// A contact's timeline, latest first, by day.
import { Button } from '@mantine/core'
import type { InfiniteData } from '@tanstack/react-query'
import { useMembers } from '../../../api/members'
import { uniqueRows } from '../../../api/question'
import type { Activity } from '../../../api/types'
import { dayName } from '../../../lib/locale'
import { useNow } from '../../../ui/Figures'
import { Result } from '../../../ui/Result'
import { PanelSection } from '../../../ui/SidePanel'
import { RowsSkeleton } from '../../../ui/States'
import classes from './Panel.module.css'
import { TimelineLine } from './TimelineLine'
import { byDay, momentOf } from './timeline'

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
          const activities = uniqueRows(
            data.pages.map((page) => page.activities),
            ({ id }) => id,
          )
          if (activities.length === 0) return <p className={classes.muted}>No activity yet</p>
          return (
            <>
              {byDay(activities.map((activity) => momentOf(activity, nameOf))).map(({ day, at, moments }) => (
                <section key={day}>
                  <h4 className={classes.day}>{dayName(at, now)}</h4>
                  <ol className={classes.moments}>
                    {moments.map((moment) => (
                      <TimelineLine
                        key={moment.id}
                        moment={moment}
                        by={moment.memberId === null ? null : nameOf(moment.memberId)}
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
            </>
          )
        }}
      </Result>
    </PanelSection>
  )
}
