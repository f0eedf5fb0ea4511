// The page in its frame with the map on it: heat, bands, boxes that can be pointed at, and the figures of the one that is.
import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import { percent } from '../../lib/format'
import type { HeatmapElement } from './api'
import { bandFill } from './colours'
import type { Drawing } from './drawing'
import { CARD_HEIGHT, ElementCard } from './ElementCard'
import { HeatCanvas } from './HeatCanvas'
import classes from './Heatmaps.module.css'
import { Marks } from './Marks'
import type { HeatmapSearch, Layer } from './model'
import type { Box, Size } from './place'

type Props = {
  projectId: string
  search: HeatmapSearch
  path: string
  layer: Layer
  elements: readonly HeatmapElement[]
  drawing: Drawing
  size: Size
  boxes: readonly (Box | null)[] | undefined
  scheme: 'light' | 'dark'
  fold: number | undefined
  isBlank: boolean
  ground: ReactNode
  marked: number | undefined
  opened: number | undefined
  onMark: (index: number | undefined) => void
  onOpen: (selector: string | undefined) => void
}

/** Room for the figures of an element near the end of a short page. */
const LEAST_HEIGHT = 320
/** Room for the words at a line. */
const LABEL = 30

export function Stage({
  projectId,
  search,
  path,
  layer,
  elements,
  drawing,
  size,
  boxes,
  scheme,
  fold,
  isBlank,
  ground,
  marked,
  opened,
  onMark,
  onOpen,
}: Props) {
  const { ref, width: room } = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const scale = room === 0 ? 0 : Math.min(1, room / size.width)
  const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)]
  const shown = marked ?? opened
  const box = shown === undefined ? undefined : boxes?.[shown]
  const element = shown === undefined ? undefined : elements[shown]
  useReveal(scroller, box, scale, shown !== undefined && shown === opened ? CARD_HEIGHT : 0)
  return (
    <div ref={scroller} className={classes.stage} tabIndex={0} role="region" aria-label="Map of the page">
      <div ref={ref} className={classes.room}>
        <div
          className={classes.paper}
          style={{ width, height, minHeight: Math.min(LEAST_HEIGHT, height) }}
          data-blank={isBlank || undefined}
        >
          {scale > 0 && ground}
          <div className={classes.veil} aria-hidden />
          {drawing.kind === 'heat' && <HeatCanvas density={drawing.density} scheme={scheme} />}
          {drawing.kind === 'bands' &&
            drawing.bands.map((band, index) => (
              <div
                key={index}
                className={classes.band}
                data-quarter={(index + 1) % 5 === 0 || undefined}
                style={{ top: band.top * scale, height: band.height * scale, background: bandFill(band.share, scheme) }}
              >
                {(index + 1) % 5 === 0 && (
                  <span>
                    {percent(band.share)} reached {(index + 1) * 5}%
                  </span>
                )}
              </div>
            ))}
          {fold !== undefined && fold <= size.height && (
            <div
              className={classes.fold}
              data-low={fold * scale > height - LABEL || undefined}
              style={{ top: fold * scale }}
            >
              <span>Average end of the first screen, {fold} px</span>
            </div>
          )}
          {boxes && drawing.kind !== 'bands' && (
            <Marks
              elements={elements}
              boxes={boxes}
              drawing={drawing}
              layer={layer}
              scale={scale}
              scheme={scheme}
              marked={marked}
              opened={opened}
              onMark={onMark}
              onOpen={onOpen}
            />
          )}
          {element && box && (
            <ElementCard
              projectId={projectId}
              search={search}
              path={path}
              layer={layer}
              element={element}
              box={box}
              scale={scale}
              room={{ width, height }}
              isOpen={shown === opened}
              onClose={() => onOpen(undefined)}
            />
          )}
        </div>
      </div>
    </div>
  )
}

/** Scrolls to an element that is marked elsewhere and out of sight, and to the whole of its figures when they stay open. */
function useReveal(
  scroller: React.RefObject<HTMLDivElement | null>,
  box: Box | null | undefined,
  scale: number,
  below: number,
) {
  useEffect(() => {
    const view = scroller.current
    if (!view || !box) return
    const [top, bottom] = [box.y * scale, (box.y + box.height) * scale]
    if (bottom < view.scrollTop || top > view.scrollTop + view.clientHeight)
      view.scrollTo({ top: Math.max(0, top - view.clientHeight / 3) })
    else if (below > 0 && bottom + below > view.scrollTop + view.clientHeight)
      view.scrollTo({ top: Math.min(top, bottom + below - view.clientHeight) })
  }, [scroller, box, scale, below])
}
