// The list of sessions: its filters and order as the URL has them, and how a session is named; pure.
import { type AnalysisSearch, parseAnalysis, textOf, toQuery } from '../../lib/analysis'
import { duration } from '../../lib/format'
import { shortId } from '../../lib/ids'
import type { Session } from './api'

export const SORTS = ['latest', 'longest', 'friction', 'pages'] as const
export type Sort = (typeof SORTS)[number]

/** Filters by an exact id, named as the API names them. */
export const TEXT_FILTERS = ['user_id', 'visitor_id', 'session_id'] as const
export type TextFilter = (typeof TEXT_FILTERS)[number]

/** Filters that are on or off. */
export const FLAGS = ['has_friction', 'has_error', 'has_recording'] as const
export type Flag = (typeof FLAGS)[number]

export const TEXT_LABELS: Record<TextFilter, string> = {
  user_id: 'Customer',
  visitor_id: 'Visitor',
  session_id: 'Session id',
}

export const FLAG_LABELS: Record<Flag, string> = {
  has_friction: 'With friction',
  has_error: 'With an error',
  has_recording: 'With a recording',
}

export type SessionFilters = { [F in TextFilter]?: string } & { [F in Flag]?: true } & {
  min_seconds?: number
  max_seconds?: number
}
export type SessionsSearch = AnalysisSearch & SessionFilters & { sort?: Exclude<Sort, 'latest'> }

/** No session is longer: it ends after 24 hours. */
const MOST_SECONDS = 86_400

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseSessionsSearch(search: Record<string, unknown>): SessionsSearch {
  const parsed: SessionsSearch = { ...parseAnalysis(search), ...parseFilters(search) }
  const sort = SORTS.find((name) => name === search.sort)
  if (sort && sort !== 'latest') parsed.sort = sort
  return parsed
}

function parseFilters(search: Record<string, unknown>): SessionFilters {
  const parsed: SessionFilters = {}
  for (const name of TEXT_FILTERS) {
    const text = textOf(search[name])
    if (text) parsed[name] = text
  }
  for (const name of FLAGS) {
    if (search[name] === true || search[name] === 'true') parsed[name] = true
  }
  return { ...parsed, ...parseDuration(search) }
}

/** Bounds that no session can meet are dropped together. */
function parseDuration(search: Record<string, unknown>): Pick<SessionFilters, 'min_seconds' | 'max_seconds'> {
  const [min, max] = [secondsOf(search.min_seconds), secondsOf(search.max_seconds)]
  if (min !== undefined && max !== undefined && min > max) return {}
  return {
    ...(min === undefined || min === 0 ? {} : { min_seconds: min }),
    ...(max === undefined ? {} : { max_seconds: max }),
  }
}

function secondsOf(value: unknown): number | undefined {
  const text = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof text === 'number' && Number.isInteger(text) && text >= 0 && text <= MOST_SECONDS ? text : undefined
}

/** Only what narrows sessions and is no filter of the other pages. */
export function filtersOf(search: SessionsSearch): SessionFilters {
  return parseFilters(search)
}

export function hasFilters(search: SessionsSearch): boolean {
  return Object.keys(filtersOf(search)).length > 0
}

export function withText(search: SessionsSearch, filter: TextFilter, value: string | undefined): SessionsSearch {
  const { [filter]: _old, ...rest } = search
  return parseSessionsSearch(value === undefined ? rest : { ...rest, [filter]: value })
}

export function withFlag(search: SessionsSearch, flag: Flag, isOn: boolean): SessionsSearch {
  const { [flag]: _old, ...rest } = search
  return isOn ? { ...rest, [flag]: true } : rest
}

export function withDuration(search: SessionsSearch, min: number | undefined, max: number | undefined): SessionsSearch {
  const { min_seconds: _min, max_seconds: _max, ...rest } = search
  return parseSessionsSearch({ ...rest, min_seconds: min, max_seconds: max })
}

export function withSort(search: SessionsSearch, sort: Sort): SessionsSearch {
  const { sort: _old, ...rest } = search
  return sort === 'latest' ? rest : { ...rest, sort }
}

/** The same period and bots, of all sessions. */
export function withoutAllFilters({ period, from, to, bots, sort }: SessionsSearch): SessionsSearch {
  return parseSessionsSearch({ period, from, to, bots, sort })
}

/** The parameters of the list and of its export, with the period resolved at `now`. */
export function sessionsParams(search: SessionsSearch, now: number) {
  return { ...toQuery(search, now), ...filtersOf(search), sort: search.sort ?? 'latest' }
}

/** "0 s" for a session of one event. */
export function lengthText(seconds: number): string {
  return seconds === 0 ? '0 s' : duration(seconds * 1000)
}

/** "at least 30 m 00 s", "10 s – 1 m 00 s" */
export function durationText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `${lengthText(min)} – ${lengthText(max)}`
  if (min !== undefined) return `at least ${lengthText(min)}`
  return max === undefined ? '' : `at most ${lengthText(max)}`
}

type Who = Pick<Session, 'user_id' | 'visitor_id'>

/** The customer's id, or the end of the visitor's. */
export function whoText({ user_id: user, visitor_id: visitor }: Who): string {
  if (user) return user
  return visitor ? `Visitor ${shortId(visitor)}` : 'Unknown visitor'
}

/** "Dar es Salaam, TZ" */
export function placeText({ city, country }: Pick<Session, 'city' | 'country'>): string {
  return [city, country].filter(Boolean).join(', ')
}

/** "Chrome on Android" */
export function browserText({ browser, os }: Pick<Session, 'browser' | 'os'>): string {
  return [browser, os].filter(Boolean).join(' on ')
}

type Source = Pick<Session, 'utm_source' | 'utm_medium' | 'utm_campaign' | 'referrer'>

/** Where the visit came from: the campaign's source and name, else the linking site; "Direct" where neither is known. */
export function sourceOf({ utm_source: source, utm_medium: medium, utm_campaign: campaign, referrer }: Source): {
  name: string
  detail: string
} {
  const detail = [medium, campaign].filter(Boolean).join(' · ')
  if (source) return { name: source, detail }
  if (referrer) return { name: referrer, detail }
  return { name: detail || 'Direct', detail: '' }
}

/** The API names the first twelve pages of a session. */
export const PATHS_NAMED = 12
const PATHS_SHOWN = 3

export type Strip = {
  before: string[] /** Pages between those shown. */
  hidden: string[] /** There are more than the API names. */
  isMore: boolean
  last: string | null
}

/** The pages of a session in one line: all of a few, else the entry, how many more, and the exit. */
export function stripOf({ paths, exit_path: exit }: Pick<Session, 'paths' | 'exit_path'>): Strip {
  const isMore = paths.length >= PATHS_NAMED && exit != null && paths.at(-1) !== exit
  const all = isMore ? [...paths, exit] : paths
  if (all.length <= PATHS_SHOWN)
    return { before: all.slice(0, -1), hidden: [], isMore, last: all.at(-1) ?? exit ?? null }
  return { before: all.slice(0, 1), hidden: all.slice(1, -1), isMore, last: all.at(-1) ?? null }
}

const SHORT_PATH = 18

/** A path where there is little room: of a long one its last part, which names the page. */
export function shortPath(path: string): string {
  const last = path.replace(/\/$/, '').split('/').at(-1)
  return path.length <= SHORT_PATH || !last ? path : `…/${last}`
}
