// The last stack: readable, with the site's own code set apart from extensions and the browser, or as it was sent.
import { useState } from 'react'
import { Card } from '../../ui/Card'
import { CopyIcon, Snippet } from '../../ui/Copy'
import { PageTabs } from '../../ui/PageTabs'
import { Empty } from '../../ui/States'
import type { ErrorDetail, ErrorStackLine } from './api'
import classes from './Errors.module.css'
import { foreignLabel, placeName } from './model'

const VIEWS = [
  { value: 'frames', label: 'Readable' },
  { value: 'sent', label: 'As sent' },
] as const

export function Stack({ error }: { error: ErrorDetail }) {
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('frames')
  const { stack, stack_lines: lines } = error
  return (
    <Card
      title="Stack"
      help="Of the last occurrence that has one. The site’s own functions and files group errors; calls in browser extensions and in the browser itself do not."
      flush={stack != null && view === 'frames'}
      actions={
        stack != null && (
          <>
            <PageTabs label="Show the stack" value={view} tabs={VIEWS} onChange={setView} />
            <CopyIcon text={stack} what="stack" />
          </>
        )
      }
    >
      {stack == null ? (
        <Empty title="No stack">
          Browsers send none for scripts of other domains without CORS headers, and none for values thrown that are no
          errors.
        </Empty>
      ) : view === 'frames' ? (
        <ol className={classes.frames}>
          {lines.map((line, index) => (
            <li
              key={index}
              data-foreign={line.frame?.is_in_app === false || undefined}
              data-text={line.frame == null || undefined}
            >
              <Line line={line} />
            </li>
          ))}
        </ol>
      ) : (
        <Snippet code={stack} what="Stack as sent" />
      )}
    </Card>
  )
}

function Line({ line: { text, frame } }: { line: ErrorStackLine }) {
  if (!frame) return <span>{text}</span>
  return (
    <>
      <code className={classes.function}>{frame.function || '(top level)'}</code>
      <code className={classes.place} title={frame.location}>
        {placeName(frame)}
      </code>
      {!frame.is_in_app && <small className={classes.foreign}>{foreignLabel(frame)}</small>}
    </>
  )
}
