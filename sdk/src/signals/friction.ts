// Reports friction: of high severity, unless an event names another.
import type { Context } from '../context'
import type { FrictionFields, FrictionName, Subject } from '../event'

export const reportFriction = (
  { capture }: Context,
  event_type: FrictionName,
  metadata: FrictionFields['metadata'],
  rest: Subject & Pick<Partial<FrictionFields>, 'error_message' | 'stack' | 'severity'>,
): void => capture({ type: 'friction', event_type, severity: 'high', metadata, ...rest })
