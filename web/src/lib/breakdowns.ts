// The values of visits that figures are broken down by, as the API names them, and what people call them; pure.
import type { Dimension } from './filters'

export const BREAKDOWNS = [
  'channel',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'entry_path',
  'exit_path',
  'country',
  'city',
  'device',
  'browser',
  'os',
  'viewport',
] as const
/** Each is a dimension of filters. */
export type Breakdown = (typeof BREAKDOWNS)[number] & Dimension

export const BREAKDOWN_LABELS: Record<Breakdown, string> = {
  channel: 'Channel',
  referrer: 'Referrer',
  utm_source: 'UTM source',
  utm_medium: 'UTM medium',
  utm_campaign: 'UTM campaign',
  entry_path: 'Entry page',
  exit_path: 'Exit page',
  country: 'Country',
  city: 'City',
  device: 'Device',
  browser: 'Browser',
  os: 'Operating system',
  viewport: 'Window width',
}
