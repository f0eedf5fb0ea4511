// `useTrack`: reports what the signed-in customer does to the CRM.
import { useCallback } from 'react'
import type { CustomerEventName, DataOf } from '../customers/events'
import { useFootfall } from './provider'

export type Track = <Name extends CustomerEventName>(name: Name, data?: DataOf<Name>) => void

export const useTrack = (): Track => {
  const footfall = useFootfall()
  return useCallback<Track>((name, data) => footfall && footfall.track(name, data), [footfall])
}
