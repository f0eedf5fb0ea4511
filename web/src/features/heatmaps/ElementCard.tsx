// The figures of an element, near its box; they stay when they were opened, with the way to the sessions behind them.
import { CloseButton } from '@mantine/core'
import { ChangeBadge, Num, Time } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import type { HeatmapElement } from './api'
import classes from './Heatmaps.module.css'
import { elementTitle, type HeatmapSearch, isFriction, LAYER_LABELS, type Layer, sessionsOf } from './model'
import type { Box, Size } from './place'

type Props = {
  projectId: string
  search: HeatmapSearch
  path: string
  layer: Layer
  element: HeatmapElement
  box: Box
  scale: number
  room: Size
  isOpen: boolean
  onClose: () => void
}

const WIDTH = 248
/** Of the figures with their link, and some room. */
export const CARD_HEIGHT = 216
const GAP = 8

export function ElementCard({ projectId, search, path, layer, element, box, scale, room, isOpen, onClose }: Props) {
  const title = elementTitle(element)
  return (
    <div
      className={classes.card}
      style={placeOf(box, scale, room)}
      data-open={isOpen || undefined}
      role="group"
      aria-label={`Figures of ${title}`}
    >
      <div className={classes.cardHead}>
        <b>{title}</b>
        {isOpen && <CloseButton size="xs" aria-label="Close figures" onClick={onClose} />}
      </div>
      {title !== element.selector && <code>{element.selector}</code>}
      <dl className={classes.figures}>
        <Figure name={LAYER_LABELS[layer]}>
          <Num value={element.events} />
        </Figure>
        <Figure name="Sessions">
          <Num value={element.sessions} />
        </Figure>
        <Figure name="Visitors">
          <Num value={element.visitors} />
        </Figure>
        <Figure name="Change">
          <ChangeBadge
            current={element.events}
            previous={element.previous_events}
            good={isFriction(layer) ? 'down' : 'neutral'}
          />
        </Figure>
      </dl>
      <p className={classes.seen}>
        First seen <Time at={element.first_seen} />, last <Time at={element.last_seen} />
      </p>
      {isOpen && (
        <LinkButton
          to="/p/$projectId/sessions"
          params={{ projectId }}
          search={sessionsOf(search, path, layer, element.selector)}
          variant="default"
        >
          {isFriction(layer) ? 'Show these sessions' : 'Show sessions on this page'}
        </LinkButton>
      )}
    </div>
  )
}

function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Under the box, or over it where there is no room, and never beyond the sides. */
function placeOf(box: Box, scale: number, room: Size) {
  const left = Math.max(0, Math.min(box.x * scale, room.width - WIDTH))
  const under = (box.y + box.height) * scale + GAP
  if (under + CARD_HEIGHT <= room.height) return { left, top: under }
  const over = box.y * scale - GAP
  return over >= CARD_HEIGHT ? { left, bottom: room.height - over } : { left, bottom: 0 }
}
