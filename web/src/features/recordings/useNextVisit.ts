// Goes from a visit to the next one with the same friction, and knows how far the search has come.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { visitQuestions } from './api'
import type { Place } from './friction'
import type { Friction } from './search'
import { type Looked, type NextVisit, nextVisit } from './visitSearch'

type Wanted = { friction: Friction; place: Place; looked?: Looked }

export type NextVisitSearch = {
  isPending: boolean
  error: Error | null
  found: NextVisit | undefined
  /** What is or was searched; undefined before the first search, and once forgotten. */
  wanted: Wanted | undefined
  /** Does nothing while another search is under way. */
  go: (wanted: Wanted) => void
  /** Forgets a search that is over. */
  clear: () => void
}

export function useNextVisit(projectId: string): NextVisitSearch {
  const client = useQueryClient()
  const navigate = useNavigate()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const { mutate, reset, isPending, error, data, variables } = useMutation({
    mutationFn: ({ friction, place, looked }: Wanted) => {
      running.current = new AbortController()
      return nextVisit(
        visitQuestions(client, projectId, friction, place),
        friction,
        place,
        running.current.signal,
        looked,
      )
    },
    onSettled: () => {
      running.current = undefined
    },
  })
  const go = useCallback(
    (wanted: Wanted) => {
      if (running.current) return
      const onSuccess = (found: NextVisit) => {
        if (found.is !== 'found') return
        const { recordingId, seconds } = found
        void navigate({
          to: '/p/$projectId/recordings/$recordingId',
          params: { projectId, recordingId },
          search: { ...(seconds > 0 ? { t: seconds } : {}), ...wanted.friction },
        })
      }
      mutate(wanted, { onSuccess })
    },
    [mutate, navigate, projectId],
  )
  const clear = useCallback(() => {
    if (!running.current) reset()
  }, [reset])
  return { isPending, error, found: data, wanted: variables, go, clear }
}
