// How much of the traffic is bots, and whether the figures count it.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { botsQuery } from '../../api/bots'
import type { AnalysisSearch } from '../../lib/analysis'
import { botName } from '../../lib/bots'
import { exactNumber, percent } from '../../lib/format'
import { Help } from '../../ui/Help'
import classes from './Overview.module.css'

export function BotShare({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const { data } = useQuery(botsQuery(projectId, search))
  const navigate = useNavigate()
  if (!data || data.bot_events === 0) return null
  const { bots, ...rest } = search
  const named = data.bots.slice(0, 5).map((bot) => `${botName(bot)}: ${exactNumber(bot.events)}`)
  return (
    <p className={classes.bots}>
      {percent(data.bot_events / data.events)} of all events came from bots. They are {bots ? 'included' : 'excluded'}.
      <Help
        about="Bots"
        text={`Crawlers, monitors and automated browsers, recognized by their user agent. ${named.join(', ')}.`}
      />
      <Link to="/p/$projectId/bots" params={{ projectId }} search={search} className={classes.more}>
        See the bots
      </Link>
      <button
        type="button"
        className={classes.more}
        onClick={() => void navigate({ to: '.', search: bots ? rest : { ...rest, bots: true }, resetScroll: false })}
      >
        {bots ? 'Exclude bots' : 'Include bots'}
      </button>
    </p>
  )
}
