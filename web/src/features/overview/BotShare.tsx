// How much of the traffic is bots, and whether the figures count it.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { AnalysisSearch } from '../../lib/analysis'
import { exactNumber, percent } from '../../lib/format'
import { Help } from '../../ui/Help'
import { botsQuery } from './api'
import classes from './Overview.module.css'

export function BotShare({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const { data } = useQuery(botsQuery(projectId, search))
  const navigate = useNavigate()
  if (!data || data.bot_events === 0) return null
  const { bots, ...rest } = search
  const rules = data.rules.slice(0, 5).map(({ rule, events }) => `${rule.replace(/^ua:/, '')}: ${exactNumber(events)}`)
  return (
    <p className={classes.bots}>
      {percent(data.bot_events / data.events)} of all events came from bots. They are {bots ? 'included' : 'excluded'}.
      <Help about="Bots" text={`Crawlers, monitors and automated browsers, recognized by their user agent. ${rules.join(', ')}.`} />
      <button type="button" className={classes.more} onClick={() => void navigate({ to: '.', search: bots ? rest : { ...rest, bots: true }, resetScroll: false })}>
        {bots ? 'Exclude bots' : 'Include bots'}
      </button>
    </p>
  )
}
