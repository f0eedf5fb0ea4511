// Bots: how much of the traffic they are, who they are, and what leaves them out.
import { Button } from '@mantine/core'
import { IconRobotOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type BotShare, botsQuery } from '../../api/bots'
import { TimeSeries } from '../../charts/TimeSeries'
import { type AnalysisSearch, activeFilters, withIncluded, withoutFilters, withRange } from '../../lib/analysis'
import { exactNumber, percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { ChartCard } from '../../ui/ChartCard'
import { FigureStrip, type StripFigure } from '../../ui/FigureStrip'
import { Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import classes from './Bots.module.css'
import { BotTable } from './BotTable'
import { botSeries, pageViewsOf, seriesSheet, shareOf, unnamedEvents } from './model'

const route = getRouteApi('/p/$projectId/analysis/bots')

export function BotsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const bots = useQuery(botsQuery(projectId, search))
  const show = (next: AnalysisSearch) => void navigate({ search: next, resetScroll: false })
  return (
    <div className={classes.page}>
      <Result what="The bots" question={bots} skeleton={<PageSkeleton />} isFramed>
        {(answer) =>
          answer.bot_events === 0 && !bots.isPlaceholderData ? (
            <Nothing answer={answer} search={search} onShow={show} />
          ) : (
            <div className={classes.answer} data-stale={bots.isPlaceholderData || undefined}>
              <Figures answer={answer} />
              <ChartCard
                title="Events of bots"
                help="Events of crawlers, monitors and automated browsers over the period."
                sheet={seriesSheet(answer)}
              >
                <TimeSeries
                  height={220}
                  series={botSeries(answer)}
                  name="Events of bots"
                  tone="accent"
                  shape="bar"
                  withPrevious={false}
                  onRange={(range) => show(withRange(search, range))}
                />
              </ChartCard>
              <BotTable projectId={projectId} search={search} answer={answer} />
            </div>
          )
        }
      </Result>
      <LeftOut projectId={projectId} search={search} onShow={show} />
    </div>
  )
}

function Figures({ answer }: { answer: BotShare }) {
  const share = shareOf(answer.bot_events, answer.events)
  const figures: StripFigure[] = [
    {
      key: 'share',
      name: 'Share of bots',
      value: share === null ? '–' : percent(share),
      note: `of ${exactNumber(answer.events)} events`,
      help: 'Events of bots among the events of all senders in this period.',
    },
    {
      key: 'events',
      name: 'Events of bots',
      value: <Num value={answer.bot_events} />,
      help: 'Events that were accepted from bots. They are stored like others.',
    },
    {
      key: 'people',
      name: 'Events of others',
      value: <Num value={answer.events - answer.bot_events} />,
      help: 'Events of visitors, and of programs where they do not count as bots.',
    },
    {
      key: 'bots',
      name: 'Bots',
      value: unnamedEvents(answer) > 0 ? `${answer.bots.length}+` : answer.bots.length,
      note: 'by name',
      help: 'Bots with a name of their own: the browser that their user agent names.',
    },
    {
      key: 'views',
      name: 'Page views of bots',
      value: <Num value={pageViewsOf(answer)} />,
      help: 'Pages that bots viewed.',
    },
  ]
  return <FigureStrip label="Key figures" figures={figures} />
}

type NothingProps = { answer: BotShare; search: AnalysisSearch; onShow: (search: AnalysisSearch) => void }

function Nothing({ answer, search, onShow }: NothingProps) {
  const isFiltered = activeFilters(search).length > 0
  return (
    <div className={classes.framed}>
      <Empty
        icon={IconRobotOff}
        title="No bots in this period"
        action={
          <Button variant="default" onClick={() => onShow(isFiltered ? withoutFilters(search) : { period: '90d' })}>
            {isFiltered ? 'Remove filters' : 'Show last 90 days'}
          </Button>
        }
      >
        {answer.events === 0
          ? 'No events arrived at all.'
          : `All ${exactNumber(answer.events)} events ${isFiltered ? 'that meet the filters ' : ''}came from visitors and programs.`}{' '}
        Here you will see which crawlers, monitors and automated browsers visit your site.
      </Empty>
    </div>
  )
}

function LeftOut({
  projectId,
  search,
  onShow,
}: {
  projectId: string
  search: AnalysisSearch
  onShow: (search: AnalysisSearch) => void
}) {
  const isIncluded = search.bots === true
  return (
    <Card title="What leaves them out">
      <ul className={classes.facts}>
        <li>
          {isIncluded
            ? 'The figures of all other pages count bots, because this view includes them.'
            : 'The figures of all other pages leave bots out.'}{' '}
          <button
            type="button"
            className={classes.link}
            onClick={() => onShow(withIncluded(search, 'bots', !isIncluded))}
          >
            {isIncluded ? 'Exclude bots' : 'Include bots'}
          </button>
        </li>
        <li>
          The live feed and the SQL tables of friction, heatmaps and performance never have them; the SQL table of
          events has them all, with the rule in its column bot.
        </li>
        <li>
          A bot is recognized by a word in its user agent, when its event arrives. One that looks like a browser counts
          as a visitor. Programs such as curl or your own server count as visitors do, unless the{' '}
          <Link to="/p/$projectId/settings" params={{ projectId }} className={classes.link}>
            project settings
          </Link>{' '}
          leave them out.
        </li>
      </ul>
    </Card>
  )
}

function PageSkeleton() {
  return (
    <>
      <CardSkeleton height={44} />
      <CardSkeleton height={220} />
      <CardSkeleton height={240} />
    </>
  )
}
