// `useBehaviorTracking`: the same functions at every render, fit for the dependencies of an effect.
import { useMemo } from 'react'
import type { BehaviorTracking } from '../behavior/behavior'
import { useFootfall } from './provider'

const nothing = (): void => {}
const NOWHERE: BehaviorTracking = {
  trackPropertyView: nothing,
  trackSearch: nothing,
  trackFilterApplied: nothing,
  trackContactClick: nothing,
}

export const useBehaviorTracking = (): BehaviorTracking => {
  const footfall = useFootfall()
  return useMemo(() => (footfall ? footfall.behavior : NOWHERE), [footfall])
}
