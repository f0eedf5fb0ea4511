// A map with its legend, and the list of its elements; either marks an element of the other.
import { useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { exactNumber, percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { useMissingComparison } from '../../ui/comparison'
import { ChangeBadge } from '../../ui/Figures'
import type { Heatmap } from './api'
import { medianDepth } from './bands'
import { drawingOf, placedShare } from './drawing'
import { ElementsCard } from './ElementsCard'
import classes from './Heatmaps.module.css'
import { Legend } from './Legend'
import { countText, type HeatmapSearch, isFriction, LAYER_HELP, LAYER_LABELS, type Layer, withOpen } from './model'
import type { Box, Size } from './place'
import { ScrollList } from './ScrollList'
import { Stage } from './Stage'

export type MapProps = {
  projectId: string
  search: HeatmapSearch
  answer: Heatmap
  layer: Layer
  isStale: boolean
  onChange: (next: (search: HeatmapSearch) => HeatmapSearch) => void
  size: Size
  /** Of the elements, in their order; undefined until they are known. */
  boxes: readonly (Box | null)[] | undefined
  /** No page is shown. */
  isBlank?: boolean
  fold?: number | undefined
  note?: ReactNode
  /** Lies under the map. */
  ground: ReactNode
  /** Without the list of its elements. */
  isMapOnly?: boolean
}

export function MapBody({
  projectId,
  search,
  answer,
  layer,
  isStale,
  onChange,
  size,
  boxes,
  isBlank = false,
  fold,
  note,
  ground,
  isMapOnly = false,
}: MapProps) {
  const scheme = useComputedColorScheme('light')
  const missing = useMissingComparison()
  const isChange = search.change === true && missing === null
  const [marked, setMarked] = useState<number>()
  const opened = search.open === undefined ? -1 : answer.elements.findIndex(({ selector }) => selector === search.open)
  const open = useCallback(
    (selector: string | undefined) => onChange((latest) => withOpen(latest, selector)),
    [onChange],
  )
  const { width, height } = size
  const drawing = useMemo(
    () => drawingOf(answer, { layer, isChange, boxes, size: { width, height } }),
    [answer, layer, isChange, boxes, width, height],
  )
  const shared = { projectId, search, layer, marked, onMark: setMarked }
  const placed = boxes && layer !== 'scroll' ? placedShare(answer, boxes, size) : null
  const card = (
    <Card
      title={LAYER_LABELS[layer]}
      piece="heatmaps.map"
      help={LAYER_HELP[layer]}
      note={<Summary answer={answer} layer={layer} />}
      flush
    >
      {note && <div className={classes.notes}>{note}</div>}
      <div className={classes.facts}>
        <Legend drawing={drawing} layer={layer} scheme={scheme} />
        {placed !== null && placed < 0.9995 && (
          <p className={classes.muted}>
            {percent(placed)} of {countText(layer, answer.events)}{' '}
            {isBlank ? 'have a place without the page.' : 'lie on this version of the page.'}
          </p>
        )}
      </div>
      <Stage
        {...shared}
        path={answer.path}
        elements={answer.elements}
        drawing={drawing}
        size={size}
        boxes={boxes}
        scheme={scheme}
        fold={layer === 'scroll' ? fold : undefined}
        opened={opened < 0 ? undefined : opened}
        isBlank={isBlank}
        ground={ground}
        onOpen={open}
      />
    </Card>
  )
  if (isMapOnly) return card
  return (
    <div className={classes.layout} data-stale={isStale || undefined} aria-busy={isStale}>
      {card}
      {layer === 'scroll' ? (
        <ScrollList scroll={answer.scroll ?? null} />
      ) : (
        <ElementsCard
          {...shared}
          answer={answer}
          boxes={isBlank ? undefined : boxes}
          isBlank={isBlank}
          opened={opened < 0 ? undefined : opened}
        />
      )}
    </div>
  )
}

/** How much there is, in how many sessions and page views. */
function Summary({ answer, layer }: { answer: Heatmap; layer: Layer }) {
  const { events, previous_events: previous, event_sessions: sessions, page_views: views, scroll } = answer
  if (layer === 'scroll') {
    return scroll ? (
      <>
        Half of {exactNumber(scroll.sessions)} sessions saw at least {percent(medianDepth(scroll.reached))} of the page
      </>
    ) : null
  }
  return (
    <>
      {countText(layer, events)} in {exactNumber(sessions)} sessions, {exactNumber(views)} page views{' '}
      <ChangeBadge current={events} previous={previous} good={isFriction(layer) ? 'down' : 'neutral'} />
    </>
  )
}
