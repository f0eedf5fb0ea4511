// The bots page: which sessions a bot leads to, its key figures and tables; pure.
import type { Bot, BotShare } from '../../api/bots'
import { type Series, toSeries } from '../../charts/series'
import { type AnalysisSearch, analysisOf, withFilter, withIncluded } from '../../lib/analysis'
import { botKind, botName, wordOf } from '../../lib/bots'
import type { Dimension } from '../../lib/filters'
import { bucketName } from '../../lib/time'
import { zoneLabel } from '../../lib/zone'
import type { ChartTable } from '../../ui/TableActions'

/** Filters of friction choose no bots. */
export const UNUSED: readonly Dimension[] = ['selector', 'error_group', 'friction_kind']

/** Null where there was no event to take a share of. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** What all bots that are named did together. */
export function pageViewsOf({ bots }: Pick<BotShare, 'bots'>): number {
  return bots.reduce((sum, bot) => sum + bot.page_views, 0)
}

/** Events of bots that are too many to be named. */
export function unnamedEvents({ bots, bot_events: all }: Pick<BotShare, 'bots' | 'bot_events'>): number {
  return all - bots.reduce((sum, { events }) => sum + events, 0)
}

/** The search of the sessions page for the sessions of a bot; a bot without a name cannot be chosen there. */
export function sessionsOf(
  search: AnalysisSearch,
  { name, sessions }: Pick<Bot, 'name' | 'sessions'>,
): AnalysisSearch | undefined {
  if (!name || sessions === 0) return undefined
  const scope = UNUSED.reduce((rest, dimension) => withFilter(rest, dimension, undefined), analysisOf(search))
  return withIncluded(withFilter(scope, 'browser', name), 'bots', true)
}

export function botSeries({ period, series }: Pick<BotShare, 'period' | 'series'>): Series {
  return { ...toSeries(period, series, [], (bucket) => bucket.bot_events), isSum: true }
}

export function seriesSheet({ series, period }: Pick<BotShare, 'period' | 'series'>): ChartTable {
  return {
    name: 'bots-over-time',
    header: [`Time (${zoneLabel()})`, 'Events of bots', 'Events of all senders'],
    rows: series.map((bucket) => [bucketName(bucket.at, period.bucket_seconds), bucket.bot_events, bucket.events]),
  }
}

export function botSheet({ bots }: Pick<BotShare, 'bots'>): ChartTable {
  return {
    name: 'bots',
    header: ['bot', 'kind', 'word_in_user_agent', 'events', 'page_views', 'sessions', 'last_seen'],
    rows: bots.map((bot) => [
      botName(bot),
      botKind(bot.rule),
      wordOf(bot.rule),
      bot.events,
      bot.page_views,
      bot.sessions,
      bot.last_seen,
    ]),
  }
}
