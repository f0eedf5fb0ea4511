// `useWidget`: one load for as long as the component is shown; hiding it ends a running call.
import { useEffect, useMemo, useRef } from 'react'
import type { Widget } from '../widget/widget'
import { useFootfall } from './provider'

export type WidgetCalls = Pick<Widget, 'open' | 'callStart' | 'callEnd' | 'callError'>

export const useWidget = (id: string): WidgetCalls => {
  const footfall = useFootfall()
  const current = useRef<Widget>(undefined)

  useEffect(() => {
    if (!footfall) return
    const made = footfall.widget(id)
    current.current = made
    // A moment later: React's strict mode shows every component twice, and the first time is over by then.
    const timer = setTimeout(() => made.sessionId() || made.load())
    return () => {
      clearTimeout(timer)
      made.stop()
      current.current = undefined
    }
  }, [footfall, id])

  return useMemo(
    () => ({
      open: (metadata) => current.current?.open(metadata),
      callStart: (metadata) => current.current?.callStart(metadata),
      callEnd: (metadata) => current.current?.callEnd(metadata),
      callError: (error, metadata) => current.current?.callError(error, metadata),
    }),
    [],
  )
}
