// What viewers see of the live stream: how much arrives, and not what.
import { useLive } from '../../api/LiveProvider'
import { Card } from '../../ui/Card'
import { Num } from '../../ui/Figures'
import { LivePulse } from './LivePulse'
import classes from './LiveStream.module.css'

export function LiveCounts() {
  const { events, page_views, friction } = useLive((state) => state.counts)
  const counts = [
    { name: 'Events', value: events },
    { name: 'Page views', value: page_views },
    { name: 'Friction', value: friction },
  ]
  return (
    <Card
      title="Live"
      piece="overview.live-counts"
      help="You see how much arrives. Single events are for analysts, admins and owners."
      note={<LivePulse note="Since you opened this page" />}
    >
      <dl className={classes.counts}>
        {counts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Num value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
