// The last stack: its calls in the site's sources where their source maps are known, or as it was sent.
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { plural } from '../../lib/format'
import { scriptName, scriptsWithoutMap } from '../../lib/stackFrames'
import { Card } from '../../ui/Card'
import { CopyIcon, Snippet } from '../../ui/Copy'
import { FrameList } from '../../ui/FrameList'
import { LinkButton } from '../../ui/LinkButton'
import { PageTabs } from '../../ui/PageTabs'
import { Empty } from '../../ui/States'
import type { ErrorDetail } from './api'
import classes from './Errors.module.css'
import { resolvedLines } from './stackLines'

const VIEWS = [
  { value: 'frames', label: 'Readable' },
  { value: 'sent', label: 'As sent' },
] as const

export function Stack({ projectId, error }: { projectId: string; error: ErrorDetail }) {
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('frames')
  const { stack } = error
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
        <>
          <FrameList lines={resolvedLines(error)} />
          <WithoutMaps projectId={projectId} scripts={scriptsWithoutMap(error.frames)} />
        </>
      ) : (
        <Snippet code={stack} what="Stack as sent" />
      )}
    </Card>
  )
}

function WithoutMaps({ projectId, scripts: [first, ...others] }: { projectId: string; scripts: string[] }) {
  const { may } = useRole(projectId)
  if (first === undefined) return null
  return (
    <p className={classes.hint}>
      <span>
        No source map for <code title={first}>{scriptName(first)}</code>
        {others.length > 0 && ` and ${plural(others.length, 'other script')}`}: calls are shown as the browser names
        them.
      </span>
      {may('analyst') && (
        <LinkButton to="/p/$projectId/settings/source-maps" params={{ projectId }} variant="default" size="compact-sm">
          Upload source maps
        </LinkButton>
      )}
    </p>
  )
}
