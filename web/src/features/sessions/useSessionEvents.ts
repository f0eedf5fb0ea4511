// The events of a session: the first thousand are read by themselves, the others when they are asked for.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { uniqueRows } from '../../api/question'
import { sessionEventsQuery } from './api'

const READ_AT_ONCE = 1_000

export function useSessionEvents(projectId: string, sessionId: string) {
  const question = useInfiniteQuery(sessionEventsQuery(projectId, sessionId))
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = question
  const events = useMemo(() => uniqueRows(data?.pages.map((page) => page.events) ?? [], (event) => event.id), [data])
  const isReadOn = hasNextPage && !isFetching && !isFetchNextPageError && events.length < READ_AT_ONCE
  useEffect(() => {
    if (isReadOn) void fetchNextPage()
  }, [isReadOn, fetchNextPage])
  return { question, events, isWhole: data !== undefined && !hasNextPage }
}
