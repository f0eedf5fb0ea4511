// Snapshots of a page: which is shown, and the moment of its recording; pure.
import type { components } from '../../api/schema.gen'

export type Shot = components['schemas']['HeatmapSnapshot']

/** By then most pages are there. */
const RENDERED_MS = 1_500
/** The visitor's next page is not the one meant. */
const BEFORE_NEXT_MS = 100

/** A recording may hold several views of the page. */
export function shotKey({ recording_id: id, offset_ms: offset }: Shot): string {
  return `${id}.${offset}`
}

/** The chosen one, or else the latest. */
export function shownShot(shots: readonly Shot[], key: string | undefined): Shot | undefined {
  return shots.find((shot) => shotKey(shot) === key) ?? shots[0]
}

/** Milliseconds since the recording's first event. */
export function momentOf({ offset_ms: from, until_ms: until }: Shot): number {
  return Math.max(0, from, Math.min(from + RENDERED_MS, until - BEFORE_NEXT_MS))
}

/** "390 × 844" */
export function viewportText({ viewport_width: width, viewport_height: height }: Shot): string {
  if (width == null) return ''
  return height == null ? `${width} px wide` : `${width} × ${height}`
}
