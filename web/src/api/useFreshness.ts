// How fresh the figures of a project are, and asking for all of them again.
import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { questionsOf } from './keys'

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

  return { updatedAt, isFetching, onRefresh: () => void client.invalidateQueries({ queryKey: questionsOf(projectId) }) }
}
