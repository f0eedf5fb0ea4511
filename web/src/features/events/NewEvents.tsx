// How many events arrived since the list was read, and showing them: until then its rows stay where they are.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { EventRow } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { newestEventsQuery, useShowNewest } from './api'
import { type EventPage, newText, unseenOf } from './model'

type Props = {
  projectId: string
  search: AnalysisSearch
  isFrictionOnly: boolean /** The list as it was read. */
  first: EventPage
  rows: EventRow[]
}

export function NewEvents({ projectId, search, isFrictionOnly, first, rows }: Props) {
  // Asked when the live feed says that something is visible, not before.
  const { data: newest } = useQuery({
    ...newestEventsQuery(projectId, search, isFrictionOnly),
    initialData: first,
    initialDataUpdatedAt: 1,
  })
  const show = useShowNewest(projectId, search, isFrictionOnly)
  const unseen = unseenOf(newest, rows).length
  // In an empty list nothing can move.
  const isFirst = rows.length === 0 && unseen > 0
  useEffect(() => {
    if (isFirst) show(newest)
  })
  if (unseen === 0 || isFirst) return null
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() => show(newest)}
      aria-label={`Show ${newText(unseen)} events`}
    >
      {newText(unseen)}
    </Button>
  )
}
