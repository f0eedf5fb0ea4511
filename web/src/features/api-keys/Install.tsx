// How to install the tracker with a key, and whether its events arrive.
import { useLive } from '../../api/LiveProvider'
import type { ApiKey } from '../../api/types'
import { plural } from '../../lib/format'
import { Card } from '../../ui/Card'
import { Snippet } from '../../ui/Copy'
import { Time } from '../../ui/Figures'
import classes from './ApiKeys.module.css'
import { installSnippet } from './model'

export function Install({ projectKey }: { projectKey: ApiKey }) {
  return (
    <Card
      title="Install the tracker"
      note={`for ${projectKey.key_name}`}
      help="Reports friction, page views and web vitals without further code."
    >
      <p className={classes.lead}>Paste this line into the head of every page.</p>
      <Snippet code={installSnippet(window.location.origin, projectKey.key)} what="Installation snippet" />
      <Arrival projectKey={projectKey} />
    </Card>
  )
}

function Arrival({ projectKey }: { projectKey: ApiKey }) {
  const arrived = useLive((state) => state.counts.events)
  const hasEvents = arrived > 0 || projectKey.last_used_at != null
  return (
    <p className={classes.arrival} role="status" data-on={hasEvents || undefined}>
      <span className={classes.lamp} />
      {arrived > 0 && `Events are arriving: ${plural(arrived, 'event')} since you opened this page.`}
      {arrived === 0 && projectKey.last_used_at != null && (
        <span>
          <Time at={projectKey.last_used_at} prefix="Last event with this key " />
        </span>
      )}
      {!hasEvents && 'Waiting for the first event. Open a page with the tracker to send one.'}
    </p>
  )
}
