// Journeys: the pages that visitors see one after the other, how many take each way, and where they leave.
import { Button, Group, Skeleton } from '@mantine/core'
import { IconRouteOff, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { ChartCard } from '../../ui/ChartCard'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { Empty } from '../../ui/States'
import { type Journeys, journeysQuery } from './api'
import { Controls } from './Controls'
import { journeySheet } from './figures'
import classes from './Journeys.module.css'
import { DEFAULTS, type Direction, hasFilters, type JourneySearch, withJourney, withoutAllFilters } from './model'
import { Sankey } from './Sankey'
import { StepList } from './StepList'

const route = getRouteApi('/p/$projectId/analysis/journeys')

const HELP = {
  forward:
    'The pages that sessions went on to, each view after the other; reloading a page is no step. With a start page, from its first view in the session. The pages of most sessions are named, the others stand together.',
  back: 'The pages that sessions came from, each view before the other; reloading a page is no step. With an end page, up to its last view in the session. The pages of most sessions are named, the others stand together.',
}

type Show = (next: (search: JourneySearch) => JourneySearch) => void

export function JourneysPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const journeys = useQuery(journeysQuery(projectId, search))
  // From the latest address: a field that is left and a button that is pressed change it one after the other.
  const show: Show = useCallback(
    (next) => void navigate({ search: (latest) => next(latest), resetScroll: false }),
    [navigate],
  )
  return (
    <div className={classes.page}>
      <Controls projectId={projectId} search={search} onShow={show} />
      <Result
        what="The journeys"
        question={journeys}
        skeleton={<ChartSkeleton steps={search.steps ?? DEFAULTS.steps} />}
        isFramed
      >
        {(answer) => (
          <Answer
            projectId={projectId}
            search={search}
            answer={answer}
            isStale={journeys.isPlaceholderData}
            onShow={show}
          />
        )}
      </Result>
    </div>
  )
}

type Props = { projectId: string; search: JourneySearch; answer: Journeys; isStale: boolean; onShow: Show }

function Answer({ projectId, search, answer, isStale, onShow }: Props) {
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
        <Group gap="xs" justify="center">
          <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} size="sm">
            Install the tracker
          </LinkButton>
          <Button
            variant="default"
            size="sm"
            onClick={() => onShow(({ from: _from, to: _to, ...rest }) => ({ ...rest, period: '90d' }))}
          >
            Show last 90 days
          </Button>
        </Group>
      }
    >
      Here you will see the ways visitors take through your site, and the pages where they leave. To send page views,
      add one line of code to your pages.
    </Empty>
  )
}

const SKELETON_NODES = 5

/** Columns of bars, as the chart has them. */
function ChartSkeleton({ steps }: { steps: number }) {
  return (
    <Card title="Journeys">
      <div className={classes.skeleton} role="status" aria-label="Loading journeys">
        {Array.from({ length: steps }, (_, step) => (
          <div key={step}>
            <Skeleton height={12} width={72} mb={10} />
            {step === 0 ? (
              <Skeleton height={340} width={10} />
            ) : (
              Array.from({ length: SKELETON_NODES }, (_, node) => (
                <Skeleton key={node} height={Math.max(38, 130 - node * 28)} width={10} mb={10} />
              ))
            )}
          </div>
        ))}
      </div>
    </Card>
  )
}
