// A line of a timeline: what happened, about what, by whom, and when.
import {
  type Icon,
  IconArrowMerge,
  IconCalendarEvent,
  IconChecklist,
  IconCircleDot,
  IconCreditCard,
  IconEye,
  IconFootsteps,
  IconLogin2,
  IconMessage,
  IconMoodAngry,
  IconNote,
  IconPencil,
  IconPhone,
  IconSearch,
  IconVideo,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { exactTime, timeOfDay } from '../../../lib/locale'
import { SessionLink } from '../../../ui/SessionLink'
import { Sums } from '../../../ui/When'
import classes from './Panel.module.css'
import type { Kind, TimelineItem } from './timeline'

const ICONS: Record<Kind, Icon> = {
  booking: IconCalendarEvent,
  payment: IconCreditCard,
  view: IconEye,
  search: IconSearch,
  visit: IconLogin2,
  message: IconMessage,
  edit: IconPencil,
  merge: IconArrowMerge,
  task: IconChecklist,
  session: IconFootsteps,
  recording: IconVideo,
  call: IconPhone,
  note: IconNote,
  friction: IconMoodAngry,
  other: IconCircleDot,
}

type Props = {
  moment: TimelineItem
  by: string | null
  /** Stands in place of the title. */
  title?: ReactNode
}

export function TimelineLine({ moment, by, title }: Props) {
  const Glyph = ICONS[moment.kind]
  return (
    <li className={classes.moment} data-tone={moment.tone} data-kind={moment.kind}>
      <Glyph size={15} stroke={1.6} aria-hidden />
      <div className={classes.said}>
        <span className={classes.momentTitle} title={moment.name}>
          {title ?? moment.title}
          {moment.count > 1 && <span className={classes.muted}> ×{moment.count}</span>}
        </span>
        {(moment.detail || by) && (
          <span className={classes.detail}>{[moment.detail, by && `by ${by}`].filter(Boolean).join(' · ')}</span>
        )}
      </div>
      {moment.amount && (
        <b className={classes.amount}>
          <Sums sums={[moment.amount]} />
        </b>
      )}
      <time className={classes.clock} dateTime={moment.at} title={exactTime(moment.at)}>
        {moment.sessionId ? (
          <SessionLink sessionId={moment.sessionId}>{timeOfDay(moment.at)}</SessionLink>
        ) : (
          timeOfDay(moment.at)
        )}
      </time>
    </li>
  )
}
