// How fresh the figures of a project are, and asking for all of them again.
import { type Query, useIsFetching, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { questionsOf } from './keys'
import { failuresOf, type RefreshFailure } from './refreshFailure'

export function useFreshness(projectId: string) {
  const client = useQueryClient()
  const isFetching = useIsFetching({ queryKey: questionsOf(projectId) }) > 0
  const [updatedAt, setUpdatedAt] = useState<number>()

  useEffect(() => {
    const read = () => {
      const times = client
        .getQueryCache()
        .findAll({ queryKey: questionsOf(projectId), type: 'active' })
        .map((query) => query.state.dataUpdatedAt)
      setUpdatedAt(Math.max(0, ...times) || undefined)
    }
    read()
    return client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') read()
      if (event.type === 'observerAdded') read()
    })
  }, [client, projectId])

  /** Asks everything on screen again; what could not be answered, or null. */
  async function onRefresh(): Promise<RefreshFailure | null> {
    const questions = { queryKey: questionsOf(projectId), predicate: (query: Query) => query.meta?.isProbe !== true }
    await client.invalidateQueries(questions)
    return failuresOf(client.getQueryCache().findAll({ ...questions, type: 'active' }))
  }

  return { updatedAt, isFetching, onRefresh }
}
