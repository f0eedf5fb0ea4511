// Bots: how much of the traffic they are, who they are, and what leaves them out.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { botsQuery } from '../../api/bots'
import { type AnalysisSearch, withIncluded, withRange } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { BotChart } from './BotChart'
import { BotFigures } from './BotFigures'
import classes from './Bots.module.css'
import { BotTable } from './BotTable'
import { NoBots } from './NoBots'

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
            <div className={classes.framed}>
              <NoBots answer={answer} search={search} onShow={show} />
            </div>
          ) : (
            <div className={classes.answer} data-stale={bots.isPlaceholderData || undefined}>
              <BotFigures answer={answer} />
              <BotChart answer={answer} onRange={(range) => show(withRange(search, range))} />
              <BotTable projectId={projectId} search={search} answer={answer} />
            </div>
          )
        }
      </Result>
      <LeftOut projectId={projectId} search={search} onShow={show} />
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
