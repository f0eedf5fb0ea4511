// How many sessions began since the list was read, and showing them: until then its rows stay where they are.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { newestSessionsQuery, SESSIONS_PER_PAGE, type Session, type SessionPage, useShowNewest } from './api'
import type { SessionsSearch } from './model'

type Props = {
  projectId: string
  search: SessionsSearch /** The list as it was read. */
  first: SessionPage
  rows: Session[]
}

export function NewSessions({ projectId, search, first, rows }: Props) {
  // Asked when the live feed says that something is visible, not before.
  const { data: newest } = useQuery({
    ...newestSessionsQuery(projectId, search),
    initialData: first,
    initialDataUpdatedAt: 1,
  })
  const show = useShowNewest(projectId, search)
  const shown = new Set(rows.map((session) => session.session_id))
  const unseen = newest.sessions.filter((session) => !shown.has(session.session_id)).length
  if (unseen === 0) return null
  const text = `${unseen}${unseen >= SESSIONS_PER_PAGE ? '+' : ''} new`
  return (
    <Button variant="default" size="compact-sm" onClick={() => show(newest)} aria-label={`Show ${text} sessions`}>
      {text}
    </Button>
  )
}
