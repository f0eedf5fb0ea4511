// The number of active visitors, with a quiet pulse when events arrive; shows when the connection is lost.
import { Tooltip } from '@mantine/core'
import { useLive } from '../api/LiveProvider'
import { exactNumber, shortNumber } from '../lib/format'
import classes from './Frame.module.css'

const LOST = {
  lost: { label: 'Reconnecting', help: 'The live connection was lost. Figures are from the last refresh.' },
  offline: { label: 'Offline', help: 'This device has no network connection. Figures are from the last refresh.' },
}

export function LiveCounter() {
  const status = useLive((state) => state.status)
  const visitors = useLive((state) => state.activeVisitors)
  const arrived = useLive((state) => state.counts.events)

  if (status === 'lost' || status === 'offline') {
    const { label, help } = LOST[status]
    return (
      <Tooltip label={help}>
        <span className={classes.live} role="status">
          <i className={classes.pulse} data-status={status} />
          {label}
        </span>
      </Tooltip>
    )
  }
  if (visitors === null)
    return (
      <span className={classes.live}>
        <i className={classes.pulse} data-status="connecting" />
      </span>
    )
  return (
    <Tooltip
      label={`${exactNumber(visitors)} ${visitors === 1 ? 'visitor was' : 'visitors were'} active in the last 5 minutes. Figures update within ten seconds.`}
    >
      <span className={classes.live} tabIndex={0} role="note">
        <i className={classes.pulse} data-status={status}>
          {arrived > 0 && <i key={arrived} className={classes.ring} />}
        </i>
        <span>
          <b>{shortNumber(visitors)}</b> {visitors === 1 ? 'visitor' : 'visitors'}{' '}
          <span className={classes.long}>in the last 5 minutes</span>
        </span>
      </span>
    </Tooltip>
  )
}
