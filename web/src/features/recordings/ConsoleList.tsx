// What the page printed to the browser's console, beside the replay.
import { VisuallyHidden } from '@mantine/core'
import {
  type Icon,
  IconAlertTriangleFilled,
  IconBug,
  IconChevronRight,
  IconCircleXFilled,
  IconInfoCircle,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import { exactNumber } from '../../lib/format'
import { CopyIcon } from '../../ui/Copy'
import classes from './Entries.module.css'
import { EntryList } from './EntryList'
import { type Choice, EntryTools, NoneLeft } from './EntryTools'
import type { ConsoleEntry, Level } from './entries'
import { CONSOLE_VIEWS, type ConsoleView, isLineShown, LEVEL_LABELS, type Placed, preciseClock } from './entryView'

type Props = {
  lines: readonly Placed<ConsoleEntry>[]
  ms: number
  choice: Choice<ConsoleView>
  onChoice: (choice: Choice<ConsoleView>) => void
  onSeek: (ms: number) => void
}

export function ConsoleList({ lines, ms, choice, onChoice, onSeek }: Props) {
  const shown = useMemo(
    () => lines.filter(({ entry }) => isLineShown(entry, choice.view, choice.query)),
    [lines, choice],
  )
  return (
    <>
      <EntryTools what="Console lines" views={CONSOLE_VIEWS} choice={choice} onChoice={onChoice} />
      {shown.length === 0 ? (
        <NoneLeft query={choice.query} />
      ) : (
        <EntryList label="Console" rows={shown} ms={ms} onSeek={onSeek} summary={summary} details={details} />
      )}
    </>
  )
}

const ICONS: Record<Level, Icon> = {
  error: IconCircleXFilled,
  warn: IconAlertTriangleFilled,
  info: IconInfoCircle,
  log: IconChevronRight,
  debug: IconBug,
}

const LIMIT = 'From here on the page printed more than is kept.'

function summary({ level, text, count, isLimit }: ConsoleEntry) {
  if (isLimit) return <span className={classes.limit}>{LIMIT}</span>
  const Glyph = ICONS[level]
  return (
    <>
      <span className={classes.level} data-level={level} title={LEVEL_LABELS[level]}>
        <Glyph size={14} stroke={1.75} aria-hidden />
        <VisuallyHidden>{LEVEL_LABELS[level]}</VisuallyHidden>
      </span>
      <span className={classes.line} data-level={level}>
        {text}
      </span>
      {count > 1 && (
        <span className={classes.count} title={`Printed ${exactNumber(count)} times in a row`}>
          ×{exactNumber(count)}
        </span>
      )}
    </>
  )
}

function details({ level, text, stack, count, isLimit }: ConsoleEntry, ms: number) {
  if (isLimit) return <p className={classes.about}>{LIMIT} What follows is missing in this list.</p>
  const times = count > 1 ? `, ${exactNumber(count)} times in a row` : ''
  return (
    <>
      <div className={classes.about}>
        <span>
          {LEVEL_LABELS[level]} at {preciseClock(ms)}
          {times}
        </span>
        <CopyIcon text={stack ? `${text}\n${stack}` : text} what="this line" />
      </div>
      <pre className={classes.text} tabIndex={0} role="group" aria-label="Whole text">
        {text}
        {stack && <span className={classes.stack}>{`\n${stack}`}</span>}
      </pre>
    </>
  )
}
