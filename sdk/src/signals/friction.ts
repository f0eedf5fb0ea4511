// Reports friction, with the severity that each kind has.
import type { Context } from '../context'
import type { FrictionFields, FrictionName, Subject } from '../event'

/** Where an event does not name its own; `high` otherwise. */
const SEVERITY: { [name in FrictionName]?: 'medium' | 'low' } = { dead_click: 'medium', slow_click: 'low' }

export const reportFriction = (
  { capture }: Context,
  event_type: FrictionName,
  metadata: FrictionFields['metadata'],
  rest: Subject & Pick<Partial<FrictionFields>, 'error_message' | 'stack' | 'severity'>,
): void => capture({ type: 'friction', event_type, severity: SEVERITY[event_type] || 'high', metadata, ...rest })
