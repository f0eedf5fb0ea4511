// A person's name as a link to their page, wherever one is shown to somebody who may read it.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './SessionLink.module.css'

type Props = {
  /** A contact's id or a user id. */
  personId: string
  children: ReactNode
}

export function PersonLink({ personId, children }: Props) {
  const { projectId } = useParams({ strict: false })
  if (projectId === undefined) return children
  return (
    <Link
      className={classes.link}
      to="/p/$projectId/people/$personId"
      params={{ projectId, personId }}
      // A row that opens something else may hold it.
      onClick={(event) => event.stopPropagation()}
    >
      {children}
    </Link>
  )
}
