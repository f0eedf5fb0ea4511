// How long customers' sessions last on average, and on which devices and browsers they are.
import { useQuery } from '@tanstack/react-query'
import type { SessionFigures as Figures, SessionGroup } from '../../api/types'
import { BarList } from '../../charts/BarList'
import { duration, exactNumber, percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { FigureStrip } from '../../ui/FigureStrip'
import { Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { sessionFiguresQuery } from './api'
import classes from './Customers.module.css'
import { groupsShown, INTERVAL_LABELS, type Interval } from './model'

export function SessionFigures({ projectId, interval }: { projectId: string; interval: Interval }) {
  const figures = useQuery(sessionFiguresQuery(projectId, interval))
  return (
    <Result isFramed what="The session figures" question={figures} skeleton={<CardSkeleton height={150} />}>
      {(data) => (data.sessions === 0 ? null : <Body figures={data} isStale={figures.isPlaceholderData} />)}
    </Result>
  )
}

function Body({ figures, isStale }: { figures: Figures; isStale: boolean }) {
  const { sessions, devices, browsers } = figures
  return (
    <div className={classes.sessionFigures} data-stale={isStale || undefined}>
      <SessionStrip figures={figures} />
      <div className={classes.breakdowns}>
        <SessionShares title="Devices" piece="customers.devices" groups={devices} total={sessions} />
        <SessionShares title="Browsers" piece="customers.browsers" groups={browsers} total={sessions} />
      </div>
    </div>
  )
}

export function SessionStrip({ figures }: { figures: Figures }) {
  const { sessions, ended } = figures
  const when =
    figures.interval === 'all' ? 'of all time' : `begun in the last ${INTERVAL_LABELS[figures.interval as Interval]}`
  return (
    <FigureStrip
      label="Sessions of customers"
      piece="customers.sessions"
      figures={[
        {
          key: 'duration',
          name: 'Average session duration',
          value: durationText(figures) ?? '–',
          note: `of ${exactNumber(ended)} ended`,
          help: 'From the first to the last moment of a session, on average over the sessions that have ended.',
        },
        {
          key: 'sessions',
          name: 'Sessions',
          value: <Num value={sessions} />,
          note: when,
          help: 'Sessions of the customers your site names.',
        },
      ]}
    />
  )
}

type SharesProps = { title: string; piece?: string; groups: SessionGroup[]; total: number }

export function SessionShares({ title, piece, groups, total }: SharesProps) {
  const bars = groupsShown(groups, total).map(({ key, name, sessions, average }) => ({
    key,
    name,
    value: sessions,
    figure: percent(sessions / total),
    extra: average ?? '–',
    title: `${exactNumber(sessions)} of ${exactNumber(total)} sessions${average ? `, ${average} on average` : ''}`,
  }))
  return (
    <Card title={title} piece={piece} note="share of sessions, average duration">
      {bars.length === 0 ? <Empty title="Nothing known yet" /> : <BarList bars={bars} />}
    </Card>
  )
}

function durationText({
  average_duration_minutes: minutes,
}: Pick<SessionGroup, 'average_duration_minutes'>): string | null {
  return minutes == null ? null : duration(minutes * 60_000)
}
