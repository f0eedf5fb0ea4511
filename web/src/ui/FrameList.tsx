// The calls of a stack: what each is in, where, and the lines of its source; the site's own code set apart from the rest.
import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { foreignLabel, placeName } from '../lib/stackFrames'
import classes from './FrameList.module.css'

export type Frame = {
  function: string
  file: string
  line?: number | null
  column?: number | null
  is_in_app: boolean
  is_resolved: boolean
  /** Where its script is, as the browser names it. */
  location?: string
  source_context?: { before: string[]; line: string; after: string[] } | null
}

/** A line of a stack: a call, or a message. */
export type FrameLine = { text?: string; frame: Frame | null }

export function FrameList({ lines, label }: { lines: readonly FrameLine[]; label?: string }) {
  const first = lines.findIndex(({ frame }) => frame?.is_in_app && frame.source_context)
  return (
    <ol className={classes.frames} aria-label={label}>
      {lines.map((line, index) => (
        <li
          key={index}
          data-foreign={line.frame?.is_in_app === false || undefined}
          data-text={line.frame == null || undefined}
        >
          {line.frame ? <Call frame={line.frame} isOpenFirst={index === first} /> : <span>{line.text}</span>}
        </li>
      ))}
    </ol>
  )
}

function Call({ frame, isOpenFirst }: { frame: Frame; isOpenFirst: boolean }) {
  const [isOpen, setOpen] = useState(isOpenFirst)
  const id = useId()
  const context = frame.source_context
  const place = placeName(frame)
  return (
    <>
      <code className={classes.function}>{frame.function || '(top level)'}</code>
      <code className={classes.place} title={frame.location}>
        {place}
      </code>
      {!frame.is_in_app && <small className={classes.foreign}>{foreignLabel(frame)}</small>}
      {context && (
        <ActionIcon
          size="xs"
          aria-label={`Source of ${place}`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
      )}
      {context && isOpen && (
        <pre id={id} className={classes.source} tabIndex={0} role="region" aria-label={`Source of ${place}`}>
          {sourceLines(context, frame.line ?? 1).map(({ number, text, isCall }) => (
            <span key={number} data-call={isCall || undefined}>
              <i>{number}</i>
              {`${text}\n`}
            </span>
          ))}
        </pre>
      )}
    </>
  )
}

function sourceLines({ before, line, after }: NonNullable<Frame['source_context']>, at: number) {
  return [...before, line, ...after].map((text, index) => ({
    number: at - before.length + index,
    text,
    isCall: index === before.length,
  }))
}
