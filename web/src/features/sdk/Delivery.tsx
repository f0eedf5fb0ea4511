// How many of the events that browsers made arrived in the last seven days, and why the others were given up.
import { useQuery } from '@tanstack/react-query'
import { IconPlugConnected } from '@tabler/icons-react'
import type { components } from '../../api/schema.gen'
import { BarList } from '../../charts/BarList'
import { duration, exactNumber, percent, shortNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { Num } from '../../ui/Figures'
import { FigureStrip } from '../../ui/FigureStrip'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { deliveryQuery } from './api'
import { dropLabel } from './preview'
import classes from './Sdk.module.css'

type EventDelivery = components['schemas']['EventDelivery']

export function Delivery({ projectId }: { projectId: string }) {
  const delivery = useQuery(deliveryQuery(projectId))
  return (
    <Result isFramed what="The delivery of events" question={delivery} skeleton={<CardSkeleton height={96} />}>
      {(data) => (data.created === 0 ? <NothingYet projectId={projectId} /> : <Figures delivery={data} />)}
    </Result>
  )
}

function NothingYet({ projectId }: { projectId: string }) {
  return (
    <Card title="Event delivery">
      <Empty
        icon={IconPlugConnected}
        title="No page has reported yet"
        action={
          <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} variant="default">
            Get the snippet
          </LinkButton>
        }
      >
        With each request the SDK reports how many events it made and what became of them; the delivery rate of the last seven days is shown here.
      </Empty>
    </Card>
  )
}

function Figures({ delivery }: { delivery: EventDelivery }) {
  const { created, sent, acknowledged, rate, retries, bytes, mean_latency_ms, busy_ms } = delivery
  const drops = Object.entries(delivery.dropped).sort(([, a], [, b]) => b - a)
  const dropped = drops.reduce((sum, [, count]) => sum + count, 0)
  return (
    <FigureStrip
      label="Event delivery of the last seven days"
      figures={[
        { key: 'rate', name: 'Delivery rate', value: rate == null ? '–' : percent(rate), note: 'last 7 days', help: 'Events the server answered for, of those browsers made, as the SDK reports it. Events that wait for their browser to come back are missing.' },
        { key: 'created', name: 'Created', value: <Num value={created} />, note: 'events', help: 'Events that pages made.' },
        { key: 'acknowledged', name: 'Acknowledged', value: <Num value={acknowledged} />, note: `${shortNumber(sent)} sent`, help: 'Events the server answered for. Sent counts an event each time it was sent.' },
        { key: 'dropped', name: 'Dropped', value: <Num value={dropped} />, note: percent(dropped / created), help: 'Events the SDK gave up; the reasons stand below.' },
        { key: 'retries', name: 'Retries', value: <Num value={retries} />, note: 'requests', help: 'Requests that were sent again because there was no answer.' },
        { key: 'latency', name: 'Mean latency', value: mean_latency_ms == null ? '–' : duration(mean_latency_ms), note: `${megabytes(bytes)} sent`, help: 'Time between a request and its answer.' },
        { key: 'thread', name: 'Main thread', value: duration(busy_ms), note: `${(busy_ms / created).toFixed(2)} ms an event`, help: 'Time the SDK held pages’ main threads, all pages together.' },
      ]}
    >
      {drops.length > 0 && (
        <div className={classes.drops}>
          <p>Dropped, by reason</p>
          <BarList tone="bad" bars={drops.map(([reason, count]) => ({ key: reason, name: dropLabel(reason), value: count, figure: exactNumber(count), title: reason }))} />
        </div>
      )}
    </FigureStrip>
  )
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${shortNumber(Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
