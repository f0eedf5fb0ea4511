// The answer: the chart of journeys, or why there is none.
import { Button } from '@mantine/core'
import { IconRouteOff, IconSearchOff } from '@tabler/icons-react'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { ChartCard } from '../../ui/ChartCard'
import { NoDataActions } from '../../ui/NoDataActions'
import { Empty } from '../../ui/States'
import type { Journeys } from './api'
import { journeySheet } from './figures'
import classes from './Journeys.module.css'
import { type Direction, hasFilters, type JourneySearch, withJourney, withoutAllFilters } from './model'
import { Sankey } from './Sankey'
import { StepList } from './StepList'

const HELP = {
  forward:
    'The pages that sessions went on to, each view after the other; reloading a page is no step. With a start page, from its first view in the session. The pages of most sessions are named, the others stand together.',
  back: 'The pages that sessions came from, each view before the other; reloading a page is no step. With an end page, up to its last view in the session. The pages of most sessions are named, the others stand together.',
}

export type Show = (next: (search: JourneySearch) => JourneySearch) => void

type Props = { projectId: string; search: JourneySearch; answer: Journeys; isStale: boolean; onShow: Show }

export function Answer({ projectId, search, answer, isStale, onShow }: Props) {
  // An old answer stays while a new one arrives: it is drawn as it was asked.
  const direction: Direction = answer.direction === 'back' ? 'back' : 'forward'
  if (answer.sessions === 0) {
    return (
      <Card title="Journeys">
        <Nothing projectId={projectId} search={search} onShow={onShow} />
      </Card>
    )
  }
  const context = { projectId, search, answer, direction, onShow }
  return (
    <ChartCard
      title="Journeys"
      piece="journeys.chart"
      help={HELP[direction]}
      note={`${exactNumber(answer.sessions)} sessions`}
      sheet={journeySheet(answer, direction, search.start)}
    >
      <div className={classes.chart} data-stale={isStale || undefined} aria-busy={isStale}>
        <div className={classes.wide}>
          <Sankey context={context} />
        </div>
        <div className={classes.small}>
          <StepList context={context} />
        </div>
        <Legend direction={direction} />
      </div>
    </ChartCard>
  )
}

function Legend({ direction }: { direction: Direction }) {
  return (
    <ul className={classes.legend} aria-label="Legend" data-direction={direction}>
      <li>
        <i className={classes.key} data-kind="left" /> {direction === 'forward' ? 'Left here' : 'Began here'}
      </li>
      <li>
        <i className={classes.mark} data-kind="friction" data-level="2" /> Sessions with friction
      </li>
      <li>
        <i className={classes.mark} data-kind="conversion" data-level="2" /> Sessions with an order or booking
      </li>
      <li className={classes.scale}>
        Under 5% <i className={classes.mark} data-kind="friction" data-level="1" />
        <i className={classes.mark} data-kind="friction" data-level="2" />
        <i className={classes.mark} data-kind="friction" data-level="3" /> 15% and more
      </li>
    </ul>
  )
}

function Nothing({ projectId, search, onShow }: { projectId: string; search: JourneySearch; onShow: Show }) {
  if (hasFilters(search)) {
    return (
      <Empty
        icon={IconSearchOff}
        title="No sessions found"
        action={
          <Button variant="default" onClick={() => onShow(withoutAllFilters)}>
            Remove filters
          </Button>
        }
      >
        No session in this period matches all filters{search.start === undefined ? '' : ` and saw ${search.start}`}.
      </Empty>
    )
  }
  if (search.start !== undefined) {
    return (
      <Empty
        icon={IconRouteOff}
        title={`No session saw ${search.start} in this period`}
        action={
          <Button variant="default" onClick={() => onShow((latest) => withJourney(latest, { start: undefined }))}>
            Show all journeys
          </Button>
        }
      >
        Choose a page from the suggestions, or a longer period.
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconRouteOff}
      title="No page views in this period"
      action={
        <NoDataActions
          projectId={projectId}
          onLonger={() => onShow(({ from: _from, to: _to, ...rest }) => ({ ...rest, period: '90d' }))}
        />
      }
    >
      Here you will see the ways visitors take through your site, and the pages where they leave. To send page views,
      add one line of code to your pages.
    </Empty>
  )
}
