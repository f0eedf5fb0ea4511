// A dot that beats quietly when events arrive; grey while nothing is shown as it arrives.
import { useLive } from '../../api/LiveProvider'
import classes from './LiveStream.module.css'

export function LivePulse({ isPaused = false, note }: { isPaused?: boolean; note: string }) {
  const status = useLive((state) => state.status)
  const arrived = useLive((state) => state.counts.events)
  const isOpen = status === 'open'
  return (
    <span className={classes.status}>
      <i className={classes.pulse} data-on={(isOpen && !isPaused) || undefined}>
        {isOpen && !isPaused && arrived > 0 && <i key={arrived} className={classes.ring} />}
      </i>
      {isOpen || isPaused ? note : 'Not connected'}
    </span>
  )
}
