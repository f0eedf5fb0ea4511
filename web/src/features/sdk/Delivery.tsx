// How many of the events that browsers numbered arrived in the last seven days, and what browsers tell of them.

import { IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { components } from '../../api/schema.gen'
import { BarList } from '../../charts/BarList'
import { duration, exactNumber, percent, shortNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { FigureStrip } from '../../ui/FigureStrip'
import { Num } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { deliveryQuery } from './api'
import { dropLabel } from './preview'
import classes from './Sdk.module.css'

type Arrived = components['schemas']['EventDelivery'] | null
type Report = components['schemas']['SdkFigures']

export function Delivery({ projectId }: { projectId: string }) {
  const delivery = useQuery(deliveryQuery(projectId))
  return (
    <Result isFramed what="The delivery of events" question={delivery} skeleton={<CardSkeleton height={96} />}>
      {({ arrived, report }) =>
        report.created === 0 && !arrived?.visits && !arrived?.open_visits ? (
          <NothingYet projectId={projectId} />
        ) : (
          <Figures arrived={arrived} report={report} />
        )
      }
    </Result>
  )
}

function NothingYet({ projectId }: { projectId: string }) {
  return (
    <Card title="Event delivery">
      <Empty
        icon={IconPlugConnected}
        title="No data yet"
        action={
          <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} variant="default">
            Install the tracker
          </LinkButton>
        }
      >
        The tracker numbers the events of each session, so the server knows which ones are missing. The delivery rate of
        the last seven days is shown here.
      </Empty>
    </Card>
  )
}

function Figures({ arrived, report }: { arrived: Arrived; report: Report }) {
  const { created, sent, acknowledged, retries, bytes, mean_latency_ms, busy_ms } = report
  const drops = Object.entries(report.dropped).sort(([, a], [, b]) => b - a)
  const dropped = drops.reduce((sum, [, count]) => sum + count, 0)
  return (
    <FigureStrip
      label="Event delivery of the last seven days"
      piece="sdk.delivery"
      figures={[
        {
          key: 'rate',
          name: 'Delivery rate',
          value: arrived?.rate == null ? '–' : percent(arrived.rate),
          note: arrived ? `${exactNumber(arrived.numbered - arrived.received)} missing` : undefined,
          help: 'The share of events in ended sessions that arrived.',
        },
        {
          key: 'visits',
          name: 'Complete sessions',
          value: arrived ? <Num value={arrived.complete_visits} /> : '–',
          note: arrived ? `of ${shortNumber(arrived.visits)}` : undefined,
          help: 'Ended sessions with no missing events. A session has ended after 30 minutes without events.',
        },
        {
          key: 'created',
          name: 'Created',
          value: <Num value={created} />,
          note: 'reported by pages',
          help: 'Events that pages report to have created. The last report of a session is usually missing, because the page is closed before it is sent.',
        },
        {
          key: 'acknowledged',
          name: 'Acknowledged',
          value: <Num value={acknowledged} />,
          note: `${shortNumber(sent)} sent`,
          help: 'Events that the server confirmed to the page. “Sent” counts an event every time it is sent.',
        },
        {
          key: 'dropped',
          name: 'Dropped',
          value: <Num value={dropped} />,
          note: created > 0 ? percent(dropped / created) : undefined,
          help: 'Events that the tracker discarded, with the reasons below.',
        },
        {
          key: 'retries',
          name: 'Retries',
          value: <Num value={retries} />,
          note: 'requests',
          help: 'Requests that were sent again because the server did not respond.',
        },
        {
          key: 'latency',
          name: 'Mean latency',
          value: mean_latency_ms == null ? '–' : duration(mean_latency_ms),
          note: `${megabytes(bytes)} sent`,
          help: 'Average time between a request and its response.',
        },
        {
          key: 'thread',
          name: 'Main thread',
          value: duration(busy_ms),
          note: created > 0 ? `${(busy_ms / created).toFixed(2)} ms per event` : undefined,
          help: 'Total time the tracker used the main thread of your pages.',
        },
      ]}
    >
      {drops.length > 0 && (
        <div className={classes.drops}>
          <p>Dropped, by reason</p>
          <BarList
            tone="bad"
            bars={drops.map(([reason, count]) => ({
              key: reason,
              name: dropLabel(reason),
              value: count,
              figure: exactNumber(count),
              title: reason,
            }))}
          />
        </div>
      )}
    </FigureStrip>
  )
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${shortNumber(Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
