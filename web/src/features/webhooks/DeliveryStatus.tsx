// The status of a message, as a small label.
import { LevelBadge } from '../../ui/Badges'
import { type Delivery, STATUS_LABELS, type Status } from './model'

const LEVELS: Record<string, string> = { delivered: 'good', waiting: 'medium', failed: 'high' }

export function DeliveryStatus({ delivery: { status } }: { delivery: Delivery }) {
  return <LevelBadge level={LEVELS[status] ?? status} label={STATUS_LABELS[status as Status] ?? status} />
}
