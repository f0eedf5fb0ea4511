// Entry of the package's React part, for React 18 and later.
export type { BehaviorTracking, ContactMethod, PropertyView } from '../behavior/behavior'
export { useBehaviorTracking } from './behavior'
export { FootfallProvider, type FootfallProviderProps, useFootfall } from './provider'
export { SessionTracker, type SessionTrackerProps } from './session-tracker'
export { type Track, useTrack } from './track'
export { useWidget, type WidgetCalls } from './widget'
