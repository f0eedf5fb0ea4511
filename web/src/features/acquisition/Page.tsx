// Acquisition: where visitors come from, where they begin and what they use, and which of it brings engaged visits and revenue.
import { Button } from '@mantine/core'
import { IconRoute2, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { plural } from '../../lib/format'
import { NoDataActions } from '../../ui/NoDataActions'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import classes from './Acquisition.module.css'
import { topQuery } from './api'
import { Figures, FiguresSkeleton } from './Figures'
import { type AcquisitionSearch, CARDS, hasFilters, withoutAllFilters } from './model'
import { ValueCard } from './ValueCard'
import { ValueTable } from './ValueTable'

const route = getRouteApi('/p/$projectId/analysis/acquisition')

export function AcquisitionPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  // The card of channels asks the same.
  const channels = useQuery(topQuery(projectId, search, 'channel'))
  const show = (next: AcquisitionSearch) => void navigate({ search: next, resetScroll: false })
  return (
    <div className={classes.page}>
      <Result what="The figures" question={channels} skeleton={<PageSkeleton />} isFramed>
        {(data) =>
          data.totals.sessions === 0 && !channels.isPlaceholderData ? (
            <Nothing projectId={projectId} search={search} onShow={show} />
          ) : (
            <>
              <Figures totals={data.totals} previous_totals={data.previous_totals} />
              {data.unattributed_conversions > 0 && (
                <p className={classes.note}>
                  {plural(data.unattributed_conversions, 'order or booking', 'orders and bookings')} in this period{' '}
                  {data.unattributed_conversions === 1 ? 'names' : 'name'} no session, such as those that your server
                  reports by the customer alone. {data.unattributed_conversions === 1 ? 'It is' : 'They are'} in none of
                  these figures.
                </p>
              )}
              {search.by ? (
                <ValueTable key={search.by} projectId={projectId} search={search} by={search.by} onShow={show} />
              ) : (
                <div className={classes.cards}>
                  {CARDS.map((card) => (
                    <ValueCard key={card.key} projectId={projectId} search={search} card={card} onShow={show} />
                  ))}
                </div>
              )}
            </>
          )
        }
      </Result>
    </div>
  )
}

function Nothing({
  projectId,
  search,
  onShow,
}: {
  projectId: string
  search: AcquisitionSearch
  onShow: (search: AcquisitionSearch) => void
}) {
  if (hasFilters(search)) {
    return (
      <div className={classes.nothing}>
        <Empty
          icon={IconSearchOff}
          title="No sessions found"
          action={
            <Button variant="default" onClick={() => onShow(withoutAllFilters(search))}>
              Remove filters
            </Button>
          }
        >
          No session in this period matches all filters.
        </Empty>
      </div>
    )
  }
  return (
    <div className={classes.nothing}>
      <Empty
        icon={IconRoute2}
        title="No sessions in this period"
        action={<NoDataActions projectId={projectId} onLonger={() => onShow({ period: '90d' })} />}
      >
        Here you will see which sites, campaigns and pages bring visitors, and which of them book or order. To send
        events, add one line of code to your pages.
      </Empty>
    </div>
  )
}

function PageSkeleton() {
  return (
    <>
      <FiguresSkeleton />
      <div className={classes.cards}>
        {CARDS.map(({ key }) => (
          <CardSkeleton key={key} height={300} />
        ))}
      </div>
    </>
  )
}
