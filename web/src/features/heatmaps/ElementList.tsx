// The elements by their events, each with the way to its sessions; those that the shown page lacks are listed apart.
import { Button } from '@mantine/core'
import { IconClick } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, useState } from 'react'
import { ChangeBadge, Num } from '../../ui/Figures'
import { Selector } from '../../ui/Path'
import { Empty } from '../../ui/States'
import { TILE_ROWS, useTile } from '../../ui/tile'
import type { HeatmapElement } from './api'
import classes from './Heatmaps.module.css'
import { elementTitle, type HeatmapSearch, isFriction, LAYER_LABELS, type Layer, sessionsOf } from './model'
import type { Box } from './place'

type Props = {
  projectId: string
  search: HeatmapSearch
  path: string
  layer: Layer
  elements: readonly HeatmapElement[]
  /** Undefined where no page is shown, or until it is known what is on it. */
  boxes: readonly (Box | null)[] | undefined
  isBlank: boolean
  marked: number | undefined
  opened: number | undefined
  onMark: (index: number | undefined) => void
}

const SHOWN = 30

export function ElementList({ boxes, elements, layer, ...shared }: Props) {
  if (elements.length === 0) {
    return (
      <Empty icon={IconClick} title={`No ${LAYER_LABELS[layer].toLowerCase()} on elements of this page`}>
        {layer === 'pointer'
          ? 'The tracker records where the mouse rests only if that is switched on.'
          : 'Choose a longer period, another screen width, or another layer.'}
      </Empty>
    )
  }
  const all = elements.map((element, index) => ({ element, index }))
  const here = boxes ? all.filter(({ index }) => boxes[index]) : all
  const apart = boxes ? all.filter(({ index }) => !boxes[index]) : []
  return (
    <div className={classes.list}>
      {here.length > 0 && <Rows label="Elements on the page" rows={here} layer={layer} {...shared} />}
      {apart.length > 0 && (
        <section aria-label="Not on this version of the page">
          <h3 className={classes.apart}>Not on this version of the page</h3>
          <p className={classes.hint}>
            The shown snapshot has no such element, or hides it: the page changed, or shows it only sometimes. Another
            snapshot may have it.
          </p>
          <Rows label="Elements that are not on this version of the page" rows={apart} layer={layer} {...shared} />
        </section>
      )}
    </div>
  )
}

type RowsProps = Omit<Props, 'boxes' | 'elements' | 'isBlank'> & {
  label: string
  rows: { element: HeatmapElement; index: number }[]
}

function Rows({ label, rows, projectId, search, path, layer, marked, opened, onMark }: RowsProps) {
  const [most, setMost] = useState(SHOWN)
  const tile = useTile()
  const shown = tile ? TILE_ROWS : most
  return (
    <>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Element</th>
            <th scope="col">Events</th>
            <th scope="col">Sessions</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map(({ element, index }) => (
            <Row
              key={element.selector}
              element={element}
              index={index}
              isMarked={index === marked || index === opened}
              projectId={projectId}
              search={search}
              path={path}
              layer={layer}
              onMark={onMark}
            />
          ))}
        </tbody>
      </table>
      {rows.length > shown && !tile && (
        <Button className={classes.more} variant="subtle" onClick={() => setMost((before) => before + 2 * SHOWN)}>
          Show more
        </Button>
      )}
    </>
  )
}

type RowProps = Pick<Props, 'projectId' | 'search' | 'path' | 'layer' | 'onMark'> & {
  element: HeatmapElement
  index: number
  isMarked: boolean
}

/** Pointing at one draws that one anew, and not the list. */
const Row = memo(function Row({ element, index, isMarked, projectId, search, path, layer, onMark }: RowProps) {
  const title = elementTitle(element)
  return (
    <tr
      data-marked={isMarked || undefined}
      onPointerEnter={() => onMark(index)}
      onPointerLeave={() => onMark(undefined)}
      onFocus={() => onMark(index)}
      onBlur={() => onMark(undefined)}
    >
      <td>
        <Link
          className={classes.element}
          to="/p/$projectId/sessions"
          params={{ projectId }}
          search={sessionsOf(search, path, layer, element.selector)}
          title="Show sessions"
        >
          {title}
        </Link>
        {title !== element.selector && <Selector selector={element.selector} />}
      </td>
      <td>
        <Num value={element.events} />
      </td>
      <td>
        <Num value={element.sessions} />
      </td>
      <td>
        <ChangeBadge
          current={element.events}
          previous={element.previous_events}
          good={isFriction(layer) ? 'down' : 'neutral'}
        />
      </td>
    </tr>
  )
})
