// Gives every page the live feed of the current project, and has questions asked again when new events are visible.
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { throttle } from '../lib/throttle'
import { questionsOf } from './keys'
import { type LiveFeed, openLiveFeed } from './live'
import { isBehind, NEVER_VISIBLE, withVisible } from './liveChanges'
import { initialLive, type LiveState } from './liveMessages'

/** Between two rounds of questions, and between the page's own and the first. */
const ROUND_MS = 10_000

const LiveContext = createContext<LiveFeed | null>(null)

export function LiveProvider({ projectId, children }: { projectId: string; children: ReactNode }) {
  const queryClient = useQueryClient()
  const [feed, setFeed] = useState<LiveFeed | null>(null)

  useEffect(() => {
    let visible = NEVER_VISIBLE
    const askedAt = followFetches(queryClient)
    const isConcerned = (query: Query) =>
      query.meta?.isStill !== true && isBehind(askedAt.of(query), query.meta?.follows, visible)
    const questions = { queryKey: questionsOf(projectId), predicate: isConcerned }
    const refresh = throttle(
      () => {
        // Nobody looks: asked when the page is shown again.
        if (document.hidden) return
        // A question still being answered is left to finish (slow answers must not starve) and asked again afterwards.
        const isBusy = queryClient.isFetching(questions) > 0
        void queryClient.invalidateQueries({
          ...questions,
          predicate: (query) => query.state.fetchStatus === 'idle' && isConcerned(query),
        })
        if (isBusy) refresh()
      },
      ROUND_MS,
      Date.now(),
    )
    const onVisible = (changes: Parameters<typeof withVisible>[1]) => {
      visible = withVisible(visible, changes, Date.now())
      refresh()
    }
    const onShown = () => {
      if (!document.hidden && visible !== NEVER_VISIBLE) refresh()
    }
    // Asking again who is signed in leads to where they may be.
    const opened = openLiveFeed(projectId, onVisible, () => void queryClient.invalidateQueries())
    setFeed(opened)
    document.addEventListener('visibilitychange', onShown)
    return () => {
      document.removeEventListener('visibilitychange', onShown)
      askedAt.stop()
      refresh.cancel()
      opened.close()
      setFeed(null)
    }
  }, [projectId, queryClient])

  return <LiveContext value={feed}>{children}</LiveContext>
}

/** When each question was last asked: its answer says nothing of what became visible later. */
function followFetches(client: QueryClient) {
  const times = new WeakMap<Query, number>()
  const stop = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'fetch') times.set(event.query, Date.now())
  })
  return { of: (query: Query) => times.get(query) ?? query.state.dataUpdatedAt, stop }
}

const noSubscription = () => () => undefined

/** A part of the live state; the component renders again only when that part changes. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const feed = useContext(LiveContext)
  const read = () => select(feed ? feed.state() : initialLive)
  return useSyncExternalStore(feed ? feed.subscribe : noSubscription, read)
}
