// The heatmaps page's state in the URL, and the words for layers and widths; pure.
import { type AnalysisSearch, analysisOf, parseAnalysis, withFilter } from '../../lib/analysis'
import type { Dimension } from '../../lib/filters'
import { plural } from '../../lib/format'
import type { FrictionKind } from '../../lib/words'

export const LAYERS = ['clicks', 'rage', 'dead', 'errors', 'pointer', 'scroll'] as const
export type Layer = (typeof LAYERS)[number]
export const LAYER_LABELS: Record<Layer, string> = {
  clicks: 'Clicks',
  rage: 'Rage clicks',
  dead: 'Dead clicks',
  errors: 'Errors',
  pointer: 'Pointer',
  scroll: 'Scroll depth',
}
export const LAYER_HELP: Record<Layer, string> = {
  clicks: 'Where visitors click or tap.',
  rage: 'Elements with three or more quick clicks in the same place.',
  dead: 'Elements that did not respond to a click within 3 seconds.',
  errors: 'Elements whose click led to a JavaScript error, and form fields that were rejected.',
  pointer:
    'Where the mouse rests. Fingers do not hover, so phones and tablets have none. The tracker sends it only if that is switched on.',
  scroll: 'How far down the page visitors saw it.',
}
const UNITS: Record<Layer, string> = {
  clicks: 'click',
  rage: 'rage click',
  dead: 'dead click',
  errors: 'error',
  pointer: 'pointer stop',
  scroll: 'scroll report',
}

/** The least width of each class, as the API has them. */
export const WIDTHS = [0, 480, 768, 1_024, 1_440] as const
export const ALL_WIDTHS = 'all'
export type Width = (typeof WIDTHS)[number] | typeof ALL_WIDTHS

/** A map is of a page, not of one of its elements. */
export const UNUSED = ['selector', 'error_group', 'friction_kind'] as const satisfies readonly Dimension[]

/** Search parameters of the page; a default is left out of the URL. */
export type HeatmapSearch = AnalysisSearch & {
  layer?: Exclude<Layer, 'clicks'>
  width?: Width
  /** The snapshot shown, see `shotKey`. */
  shot?: string
  /** Colours elements by their change. */
  change?: true
  /** The selector of the element whose figures stay open. */
  open?: string
}

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseHeatmapSearch(search: Record<string, unknown>): HeatmapSearch {
  const parsed: HeatmapSearch = scopeOf(parseAnalysis(search))
  const layer = LAYERS.find((name) => name === search.layer)
  if (layer && layer !== 'clicks') parsed.layer = layer
  const width = [...WIDTHS, ALL_WIDTHS].find((from) => String(from) === String(search.width)) as Width | undefined
  if (width !== undefined) parsed.width = width
  if (typeof search.shot === 'string' && /^[\w-]{1,64}\.\d{1,12}$/.test(search.shot)) parsed.shot = search.shot
  if (search.change === true || search.change === 'true') parsed.change = true
  if (typeof search.open === 'string' && search.open !== '') parsed.open = search.open
  return parsed
}

/** Period and filters that a map follows. */
export function scopeOf(search: AnalysisSearch): AnalysisSearch {
  return UNUSED.reduce((rest, dimension) => withFilter(rest, dimension, undefined), analysisOf(search))
}

/** Another page: what was shown of the one before does not hold for it. */
export function withPage(search: HeatmapSearch, path: string): HeatmapSearch {
  const { shot: _shot, open: _open, ...rest } = search
  return { ...rest, path }
}

export function withLayer(search: HeatmapSearch, layer: Layer): HeatmapSearch {
  const { layer: _layer, open: _open, ...rest } = search
  return parseHeatmapSearch({ ...rest, layer })
}

export function withWidth(search: HeatmapSearch, width: Width): HeatmapSearch {
  const { shot: _shot, open: _open, ...rest } = search
  return { ...rest, width }
}

export function withShot(search: HeatmapSearch, shot: string | undefined): HeatmapSearch {
  const { shot: _old, ...rest } = search
  return shot === undefined ? rest : { ...rest, shot }
}

export function withChange(search: HeatmapSearch, isOn: boolean): HeatmapSearch {
  const { change: _old, ...rest } = search
  return isOn ? { ...rest, change: true } : rest
}

export function withOpen(search: HeatmapSearch, selector: string | undefined): HeatmapSearch {
  const { open: _old, ...rest } = search
  return selector === undefined ? rest : { ...rest, open: selector }
}

/** "300 clicks" */
export function countText(layer: Layer, count: number): string {
  return plural(count, UNITS[layer])
}

/** "Clicks" as a column's heading and a legend's unit. */
export function unitsOf(layer: Layer): string {
  return `${UNITS[layer]}s`
}

/** "480–767 px" */
export function widthLabel(from: number, to: number | null | undefined): string {
  if (to == null) return `${from} px and wider`
  return from === 0 ? `Up to ${to} px` : `${from}–${to} px`
}

type WidthCount = { from: number; to?: number | null; page_views: number }

/** The class with the most page views, the narrowest of several; all widths where that of most page views is not known. */
export function usualWidth({ widths, page_views: all }: { widths: readonly WidthCount[]; page_views: number }): Width {
  const known = widths.reduce((sum, { page_views: views }) => sum + views, 0)
  if (known === 0 || known < all / 2) return ALL_WIDTHS
  const most = Math.max(0, ...widths.map(({ page_views: views }) => views))
  const found = widths.find(({ page_views: views }) => views === most)
  return WIDTHS.find((from) => from === found?.from) ?? ALL_WIDTHS
}

/** The bounds of a class as the API takes them. */
export function boundsOf(width: Width): { min_width?: number; max_width?: number } {
  if (width === ALL_WIDTHS) return {}
  const next = WIDTHS[WIDTHS.indexOf(width) + 1]
  return next === undefined ? { min_width: width } : { min_width: width, max_width: next - 1 }
}

const KINDS: Partial<Record<Layer, FrictionKind>> = { rage: 'rage_click', dead: 'dead_click' }

export function isFriction(layer: Layer): boolean {
  return layer === 'rage' || layer === 'dead' || layer === 'errors'
}

/** The filters of the sessions behind an element: only friction is found by its element. */
export function sessionsOf(search: AnalysisSearch, path: string, layer: Layer, selector: string): AnalysisSearch {
  const kind = KINDS[layer]
  const onPage = withFilter(scopeOf(search), 'path', path)
  if (!isFriction(layer)) return onPage
  return withFilter(withFilter(onPage, 'selector', selector), 'friction_kind', kind)
}

type Named = { selector: string; text?: string | null }

/** An element's text, or else its selector. */
export function elementTitle({ text, selector }: Named): string {
  return text?.trim() || selector
}
