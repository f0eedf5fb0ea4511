// A session's id as a link to its page, wherever one is shown.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { shortId } from '../lib/ids'
import classes from './SessionLink.module.css'

type Props = {
  sessionId: string
  /** Shows the end of a long id only; it is whole on hover. */
  isShort?: boolean
  /** Stands in place of the id. */
  children?: ReactNode
}

export function SessionLink({ sessionId, isShort = false, children }: Props) {
  const { projectId } = useParams({ strict: false })
  const shown = children ?? <code>{isShort ? shortId(sessionId) : sessionId}</code>
  if (projectId === undefined) return shown
  return (
    <Link
      className={classes.link}
      data-short={isShort || undefined}
      to="/p/$projectId/sessions/$sessionId"
      params={{ projectId, sessionId }}
      title={`Session ${sessionId}`}
      // A row that opens something else may hold it.
      onClick={(event) => event.stopPropagation()}
    >
      {shown}
    </Link>
  )
}
