// Retention: do visitors come back, by the unit of their first visit, order or booking?
import { Button, Skeleton } from '@mantine/core'
import { IconCalendarTime, IconRepeat, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { plural } from '../../lib/format'
import { NoDataActions } from '../../ui/NoDataActions'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { hasTooManyUnits, retentionQuery, type VisitorRetention } from './api'
import { CellDetails } from './CellDetails'
import { CohortsCard } from './CohortsCard'
import { Compared } from './Compared'
import { ComparisonCard } from './Comparison'
import { Controls, type Show } from './Controls'
import { CurveCard } from './CurveCard'
import type { Group } from './comparison'
import { visitorsOf } from './figures'
import { GroupCurves, GroupTable } from './Groups'
import { breakdownIn } from './groups'
import { Headlines } from './Headlines'
import { hasFilters, optionsOf, type RetentionSearch, unitIn, withOpen, withOption, withoutFilters } from './model'
import classes from './Retention.module.css'

const route = getRouteApi('/p/$projectId/analysis/retention')

export function RetentionPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const retention = useQuery(retentionQuery(projectId, search))
  // From the latest address: a field that is left and a button that is pressed change it one after the other.
  const show: Show = useCallback(
    (next) => void navigate({ search: (latest) => next(latest), resetScroll: false }),
    [navigate],
  )
  return (
    <div className={classes.page}>
      <Controls search={search} answer={retention.data} onShow={show} />
      {retention.data === undefined && hasTooManyUnits(retention.error) ? (
        <TooMany search={search} onShow={show} />
      ) : (
        <Result what="Retention" question={retention} skeleton={<PageSkeleton />} isFramed>
          {(answer) =>
            visitorsOf(answer) === 0 && !retention.isPlaceholderData ? (
              <Nothing projectId={projectId} search={search} onShow={show} />
            ) : (
              <Answer
                projectId={projectId}
                search={search}
                answer={answer}
                isStale={retention.isPlaceholderData}
                onShow={show}
              />
            )
          }
        </Result>
      )}
    </div>
  )
}

type Props = { projectId: string; search: RetentionSearch; answer: VisitorRetention; isStale: boolean; onShow: Show }

function Answer({ projectId, search, answer, isStale, onShow }: Props) {
  const unit = unitIn(answer)
  const { compare, a, b } = search
  const by = search.value === undefined ? breakdownIn(answer) : undefined
  const compared = (groups: [Group, Group]) => (
    <>
      <ComparisonCard groups={groups} answer={answer} unit={unit} isSegments={compare !== 'cohort'} />
      <CurveCard answer={answer} unit={unit} groups={groups} />
    </>
  )
  return (
    <div className={classes.answer} data-stale={isStale || undefined} aria-busy={isStale}>
      <Headlines answer={answer} unit={unit} />
      {answer.unattributed_conversions > 0 && (
        <p className={classes.note}>
          {plural(answer.unattributed_conversions, 'order or booking', 'orders and bookings')} of this time{' '}
          {answer.unattributed_conversions === 1 ? 'names' : 'name'} no visitor and no session with one, and{' '}
          {answer.unattributed_conversions === 1 ? 'is' : 'are'} in none of these figures.
        </p>
      )}
      {by && <GroupTable answer={answer} by={by} unit={unit} search={search} onShow={onShow} />}
      {by && <GroupCurves answer={answer} by={by} unit={unit} />}
      {compare !== undefined && (
        <Compared projectId={projectId} search={search} answer={answer}>
          {compared}
        </Compared>
      )}
      <CohortsCard answer={answer} search={search} onOpen={(key) => onShow((latest) => withOpen(latest, key))}>
        <CellDetails projectId={projectId} search={search} answer={answer} onShow={onShow} />
      </CohortsCard>
      {!by && (compare === undefined || (compare !== 'cohort' && !(a && b))) && (
        <CurveCard answer={answer} unit={unit} groups={null} />
      )}
    </div>
  )
}

function TooMany({ search, onShow }: { search: RetentionSearch; onShow: Show }) {
  const longer = optionsOf(search).unit === 'day' ? 'week' : 'month'
  return (
    <div className={classes.framed}>
      <Empty
        icon={IconCalendarTime}
        title="Too many cohorts"
        action={
          <Button onClick={() => onShow((latest) => withOption(latest, { unit: longer }))}>Count by {longer}s</Button>
        }
      >
        At most 200 cohorts are shown. Count by {longer}s, or choose a shorter period.
      </Empty>
    </div>
  )
}

function Nothing({ projectId, search, onShow }: { projectId: string; search: RetentionSearch; onShow: Show }) {
  if (hasFilters(search)) {
    return (
      <div className={classes.framed}>
        <Empty
          icon={IconSearchOff}
          title="No new visitors found"
          action={
            <Button variant="default" onClick={() => onShow(withoutFilters)}>
              Remove filters
            </Button>
          }
        >
          No visitor who meets all filters {search.first === 'conversion' ? 'ordered or booked' : 'came'} for the first
          time in this period.
        </Empty>
      </div>
    )
  }
  const ask =
    search.first === 'conversion'
      ? 'Here you will see whether customers come back after their first order or booking.'
      : 'Here you will see whether visitors come back after their first visit.'
  return (
    <div className={classes.framed}>
      <Empty
        icon={IconRepeat}
        title={
          search.first === 'conversion'
            ? 'No first orders or bookings in this period'
            : 'No new visitors in this period'
        }
        action={
          <NoDataActions
            projectId={projectId}
            onLonger={() => onShow(({ from: _from, to: _to, unit: _unit, ...rest }) => ({ ...rest, period: '90d' }))}
          />
        }
      >
        {ask} To send events, add one line of code to your pages.
      </Empty>
    </div>
  )
}

function PageSkeleton() {
  return (
    <>
      <div className={classes.framed} role="status" aria-label="Loading retention">
        <div className={classes.headlinesSkeleton}>
          {[0, 1, 2, 3].map((index) => (
            <Skeleton key={index} height={52} />
          ))}
        </div>
      </div>
      <CardSkeleton height={300} />
      <CardSkeleton height={240} />
    </>
  )
}
