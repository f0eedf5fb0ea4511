// One event of the timeline: when, what, on which element, and what it shows besides.
import { ActionIcon, Tooltip } from '@mantine/core'
import {
  type Icon,
  IconAlertTriangle,
  IconChevronRight,
  IconCircleDot,
  IconClick,
  IconEye,
  IconFileText,
  IconForms,
  IconGauge,
  IconMoodAngry,
  IconMouse,
  IconPhoneCall,
  IconShoppingCart,
} from '@tabler/icons-react'
import { memo } from 'react'
import { absoluteTime } from '../../lib/time'
import { eventLabel } from '../../lib/words'
import { SeverityBadge } from '../../ui/Badges'
import { amountOf, detailOf, type Group, screenshotPath, toneOf } from './eventText'
import classes from './Timeline.module.css'
import { TimelineStack } from './TimelineStack'
import { clockText, type TimelineRow } from './timeline'

const ICONS: Record<Group, Icon> = {
  pages: IconFileText,
  clicks: IconClick,
  friction: IconMoodAngry,
  errors: IconAlertTriangle,
  vitals: IconGauge,
  behavior: IconEye,
  forms: IconForms,
  widget: IconPhoneCall,
  customer: IconShoppingCart,
  pointer: IconMouse,
  other: IconCircleDot,
}

type Props = {
  projectId: string
  row: TimelineRow
  startMs: number
  /** The page it is listed under; another one is named. */
  pagePath: string | null
  isCurrent: boolean
  isOpen: boolean
  onOpen: (id: string) => void
  playFrom: (atMs: number) => boolean
}

/** There may be thousands, of which the recording lights up one after the other. */
export const TimelineEntry = memo(function TimelineEntry({
  projectId,
  row,
  startMs,
  pagePath,
  isCurrent,
  isOpen,
  onOpen,
  playFrom,
}: Props) {
  const { event, group, count, atMs } = row
  const Glyph = ICONS[group]
  const isKind = group === 'friction' || group === 'errors'
  const detail = detailOf(event)
  const amount = amountOf(event)
  const screenshot = screenshotPath(event, projectId)
  const choose = () => {
    if (!playFrom(atMs)) onOpen(event.id)
  }
  return (
    <li
      id={`event-${event.id}`}
      className={classes.row}
      data-tone={toneOf(event)}
      data-current={isCurrent || undefined}
      aria-current={isCurrent || undefined}
      data-open={isOpen || undefined}
    >
      <button type="button" className={classes.main} onClick={choose}>
        <time dateTime={event.occurred_at} title={absoluteTime(event.occurred_at)} className={classes.clock}>
          {clockText(atMs - startMs)}
        </time>
        <Glyph size={15} stroke={1.6} className={classes.icon} aria-hidden />
        <span className={classes.what}>
          <span className={classes.name} title={event.name}>
            {isKind ? <SeverityBadge kind={event.name} severity={event.severity} /> : eventLabel(event.name)}
            {count > 1 && <span className={classes.muted}> ×{count}</span>}
          </span>
          {event.element_text?.trim() && <span className={classes.text}>{event.element_text.trim()}</span>}
          {event.element_selector && group !== 'forms' && (
            <code className={classes.selector}>{event.element_selector}</code>
          )}
          {detail && <span className={classes.muted}>{detail}</span>}
          {event.path && event.path !== pagePath && <span className={classes.muted}>on {event.path}</span>}
          {event.error_message && <span className={classes.error}>{event.error_message}</span>}
        </span>
        {amount && <b className={classes.amount}>{amount}</b>}
      </button>
      <Tooltip label="Show details" position="left">
        <ActionIcon
          className={classes.open}
          aria-label={`Details of ${eventLabel(event.name)} at ${clockText(atMs - startMs)}`}
          onClick={() => onOpen(event.id)}
        >
          <IconChevronRight size={15} />
        </ActionIcon>
      </Tooltip>
      {(event.stack || screenshot) && (
        <div className={classes.more}>
          {event.stack && <TimelineStack projectId={projectId} stack={event.stack} occurredAt={event.occurred_at} />}
          {screenshot && (
            <a href={screenshot} target="_blank" rel="noreferrer" className={classes.shot} title="Open the screenshot">
              <img src={screenshot} alt={`The page at ${clockText(atMs - startMs)}`} loading="lazy" />
            </a>
          )}
        </div>
      )}
    </li>
  )
})
