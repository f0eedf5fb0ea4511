// The stack of an entry of the timeline, resolved when it is unfolded.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { stackFramesQuery } from '../../api/stackFrames'
import { FrameList } from '../../ui/FrameList'
import classes from './Timeline.module.css'

type Props = { projectId: string; stack: string; occurredAt: string }

export function TimelineStack({ projectId, stack, occurredAt }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { data: frames } = useQuery({ ...stackFramesQuery(projectId, stack, occurredAt), enabled: isOpen })
  const isResolved = frames?.some((frame) => frame.is_resolved)
  return (
    <details className={classes.stack} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Stack trace</summary>
      {isResolved && frames && <FrameList label="Resolved stack" lines={frames.map((frame) => ({ frame }))} />}
      <pre tabIndex={0} role="region" aria-label="Stack trace">
        {stack}
      </pre>
    </details>
  )
}
