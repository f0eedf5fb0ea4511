// Reports friction, with the severity that each kind has.
import type { Context } from '../context'
import type { FrictionFields, FrictionName, Subject } from '../event'

const SEVERITY: { [name in FrictionName]?: 'medium' | 'low' } = {
  dead_click: 'medium',
  slow_click: 'low',
  form_validation_error: 'low',
  thrashing: 'low',
}

export const reportFriction = (
  { capture }: Context,
  event_type: FrictionName,
  metadata: FrictionFields['metadata'],
  rest: Subject & Pick<FrictionFields, 'error_message' | 'stack'>,
): void => capture({ type: 'friction', event_type, severity: SEVERITY[event_type] || 'high', metadata, ...rest })
