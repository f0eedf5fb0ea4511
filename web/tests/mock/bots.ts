// The mock's bots: crawlers by their names, busy at night.
import type { BotShare } from '../../src/api/bots'
import { overviewOf } from './overview'
import type { MockState } from './state'

const NAMED = [
  { name: 'Googlebot', rule: 'ua:bot', share: 0.52, hours: 1 },
  { name: 'bingbot', rule: 'ua:bot', share: 0.19, hours: 3 },
  { name: 'HeadlessChrome', rule: 'ua:headlesschrome', share: 0.12, hours: 5 },
  { name: 'AhrefsBot', rule: 'ua:bot', share: 0.08, hours: 26 },
  { name: 'PingdomBot', rule: 'ua:pingdom', share: 0.05, hours: 2 },
  { name: 'FacebookBot', rule: 'ua:facebookexternalhit', share: 0.03, hours: 40 },
  { name: null, rule: 'ua:scrapy', share: 0.01, hours: 70 },
] as const

export function botsOf(state: MockState, query: URLSearchParams, from: number, to: number, now: number): BotShare {
  const isNone = state.isEmpty || query.get('country') === 'AQ'
  const { period, series } = overviewOf(from, to, state.isEmpty ? 0 : 1)
  const buckets = series.map(({ at, events }, index) => ({
    at,
    events,
    bot_events: isNone ? 0 : Math.round(events * (0.04 + 0.02 * Math.sin(index))),
  }))
  const [events, botEvents] = [
    buckets.reduce((sum, bucket) => sum + bucket.events, 0),
    buckets.reduce((sum, bucket) => sum + bucket.bot_events, 0),
  ]
  const bots = isNone
    ? []
    : NAMED.map(({ name, rule, share, hours }) => {
        const own = Math.round(botEvents * share)
        return {
          name,
          rule,
          events: own,
          page_views: Math.round(own * 0.31),
          sessions: Math.round(own * 0.09),
          last_seen: new Date(now - hours * 3_600_000).toISOString(),
        }
      })
  const rules = [...new Set(bots.map(({ rule }) => rule))].map((rule) => ({
    rule,
    events: bots.filter((bot) => bot.rule === rule).reduce((sum, bot) => sum + bot.events, 0),
  }))
  return { period, events, bot_events: bots.reduce((sum, bot) => sum + bot.events, 0), rules, bots, series: buckets }
}
