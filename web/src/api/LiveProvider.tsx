// Gives every page the live feed of the current project, and has questions asked again when new events are visible.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { throttle } from '../lib/throttle'
import { questionsOf } from './keys'
import { openLiveFeed, type LiveFeed } from './live'
import { initialLive, type LiveState } from './liveMessages'

const REFRESH_MS = 1_000

const LiveContext = createContext<LiveFeed | null>(null)

export function LiveProvider({ projectId, children }: { projectId: string; children: ReactNode }) {
  const queryClient = useQueryClient()
  const [feed, setFeed] = useState<LiveFeed | null>(null)

  useEffect(() => {
    let isBehind = false
    const questions = { queryKey: questionsOf(projectId) }
    const refresh = throttle(() => {
      isBehind = document.hidden
      if (document.hidden) return
      // A question still being answered is left to finish (slow answers must not starve) and asked again afterwards.
      const isBusy = queryClient.isFetching(questions) > 0
      void queryClient.invalidateQueries({ ...questions, predicate: (query) => query.state.fetchStatus === 'idle' })
      if (isBusy) refresh()
    }, REFRESH_MS)
    const onVisibility = () => {
      if (isBehind && !document.hidden) refresh()
    }
    // Asking again who is signed in leads to where they may be.
    const opened = openLiveFeed(projectId, refresh, () => void queryClient.invalidateQueries())
    setFeed(opened)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      refresh.cancel()
      opened.close()
      setFeed(null)
    }
  }, [projectId, queryClient])

  return <LiveContext value={feed}>{children}</LiveContext>
}

const noSubscription = () => () => undefined

/** A part of the live state; the component renders again only when that part changes. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const feed = useContext(LiveContext)
  const read = () => select(feed ? feed.state() : initialLive)
  return useSyncExternalStore(feed ? feed.subscribe : noSubscription, read)
}
