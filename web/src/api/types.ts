// Short names for the API's generated types.
import type { components } from './schema.gen'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type Project = Schemas['Project']
export type ApiKey = Schemas['ApiKey']
export type NewApiKey = Schemas['NewApiKey']
export type ApiKeyChange = Schemas['ApiKeyChange']
export type SetupRequest = Schemas['SetupRequest']
export type SignInRequest = Schemas['SignInRequest']
export type Overview = Schemas['Overview']
export type Totals = Overview['totals']
export type Bucket = Overview['series'][number]
export type KindTotals = Schemas['FrictionKinds']['kinds'][number]
export type FrictionItem = Schemas['FrictionItem']
export type FrictionItems = Schemas['FrictionItems']
export type FrictionPage = Schemas['FrictionPages']['pages'][number]
export type Page = Schemas['Pages']['pages'][number]
export type WebVitals = Schemas['WebVitals']
export type VitalMetric = WebVitals['metrics'][number]
export type VitalPage = WebVitals['pages'][number]
export type EventRow = Schemas['Events']['events'][number]
export type Outcomes = Schemas['Outcomes']
export type FailedEvent = Schemas['FailedEvents']['failed_events'][number]

/** The six counts that totals and buckets share. */
export type Count = 'events' | 'page_views' | 'visitors' | 'sessions' | 'friction' | 'friction_sessions'
