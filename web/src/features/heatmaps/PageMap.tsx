// The map of a page: over a snapshot of it, or over a blank sheet where there is none or it may not be seen.
import { Skeleton } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { describe } from '../../ui/Result'
import { Empty, Failure } from '../../ui/States'
import type { Heatmap } from './api'
import { BlankReason } from './BlankReason'
import { averageFold } from './bands'
import classes from './Heatmaps.module.css'
import { MapBody, type MapProps } from './MapBody'
import { ALL_WIDTHS, usualWidth, WIDTHS, type Width } from './model'
import { guessedHeight } from './place'
import { type Shot, shotKey, shownShot } from './shots'
import { useStillPage } from './useStillPage'

type Props = Pick<MapProps, 'projectId' | 'search' | 'answer' | 'layer' | 'isStale' | 'onChange' | 'isMapOnly'> & {
  width: Width
  shots: UseQueryResult<Shot[]>
}

export function PageMap({ shots, width, ...map }: Props) {
  const { may } = useRole(map.projectId)
  const [attempt, setAttempt] = useState(0)
  const shown = shownShot(shots.data ?? [], map.search.shot)
  const selectors = useMemo(() => map.answer.elements.map(({ selector }) => selector), [map.answer.elements])
  if (shown) {
    const fold = averageFold((shots.data ?? []).map(({ viewport_height: height }) => height))
    return (
      <RecordedMap
        key={`${shotKey(shown)} ${attempt}`}
        {...map}
        shot={shown}
        fold={fold}
        selectors={selectors}
        onRetry={() => setAttempt((before) => before + 1)}
      />
    )
  }
  const why = !may('analyst') ? 'role' : 'none'
  if (map.answer.page_views === 0 && map.answer.events === 0)
    return <NoViews answer={map.answer} isOfWidth={width !== ALL_WIDTHS} />
  const note = shots.isLoading ? (
    <Skeleton height={36} />
  ) : shots.error ? (
    <Failure what="The snapshots" problem={describe(shots.error)} onRetry={() => void shots.refetch()} />
  ) : (
    <BlankReason why={why} projectId={map.projectId} />
  )
  return <BlankMap {...map} width={width} note={note} />
}

function NoViews({ answer, isOfWidth }: { answer: Heatmap; isOfWidth: boolean }) {
  return (
    <Card title="Heatmap">
      <Empty
        icon={IconEyeOff}
        title={isOfWidth ? 'No views at this screen width' : 'No views of this page in this period'}
      >
        {isOfWidth
          ? 'Choose another width.'
          : `Nobody viewed ${answer.path}. Choose another page or a longer period, or remove filters.`}
      </Empty>
    </Card>
  )
}

type RecordedProps = Omit<Props, 'shots' | 'width'> & {
  shot: Shot
  fold: number | undefined
  selectors: readonly string[]
  onRetry: () => void
}

function RecordedMap({ shot, fold, selectors, onRetry, ...map }: RecordedProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const { page, boxes, failure } = useStillPage(frame, map.projectId, shot, selectors)
  const size = page ?? { width: shot.viewport_width ?? 1_024, height: shot.viewport_height ?? 768 }
  return (
    <MapBody
      {...map}
      size={size}
      boxes={boxes}
      fold={fold}
      note={
        page &&
        !page.isWhole && (
          <p className={classes.note}>The page is longer than can be shown. Its lower part is left out.</p>
        )
      }
      ground={
        <>
          <iframe
            ref={frame}
            className={classes.frame}
            src="/replay"
            title="Snapshot of the page"
            sandbox="allow-scripts allow-same-origin"
            tabIndex={-1}
            inert
          />
          {failure ? (
            <div className={classes.cover}>
              <Failure what="The snapshot" problem={failure} onRetry={onRetry} />
            </div>
          ) : (
            !page && (
              <div className={classes.cover} role="status" aria-label="Loading snapshot">
                <Skeleton height={16} width="60%" mb={16} />
                <Skeleton height={160} mb={16} />
                <Skeleton height={16} width="80%" />
              </div>
            )
          )}
        </>
      }
    />
  )
}

type BlankProps = Omit<Props, 'shots'> & { note: React.ReactNode }

function BlankMap({ width, note, ...map }: BlankProps) {
  const boxes = useMemo(() => map.answer.elements.map(() => null), [map.answer.elements])
  const size = useMemo(() => blankSize(map.answer, width), [map.answer, width])
  return <MapBody {...map} size={size} boxes={boxes} isBlank note={note} ground={<div className={classes.sheet} />} />
}

/** As wide as most of these screens, and down to the lowest event. */
function blankSize({ widths, points }: Heatmap, chosen: Width) {
  // Of those that are known.
  const most = usualWidth({ widths, page_views: 0 })
  const width = chosen !== ALL_WIDTHS ? chosen : most === ALL_WIDTHS ? 0 : most
  const usual = widths.find(({ from }) => from === width)?.median_width
  const next = WIDTHS.find((from) => from > width)
  const wide = Math.round(usual ?? (width === 0 ? 390 : next === undefined ? width : (width + next) / 2))
  return { width: wide, height: guessedHeight(points, wide) }
}
