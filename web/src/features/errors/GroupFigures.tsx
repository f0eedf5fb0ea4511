// The figures of an error: how much of it there was, whom it hit, and since when it is there.
import type { ReactNode } from 'react'
import { absoluteTime } from '../../lib/time'
import { FigureStrip } from '../../ui/FigureStrip'
import { ChangeBadge, Num, Time } from '../../ui/Figures'
import type { ErrorDetail } from './api'
import { gapText } from './model'

export function GroupFigures({ error }: { error: ErrorDetail }) {
  const after = error.first_seen_after
  const customers: ReactNode = error.customers > 0 ? <Known count={error.customers} /> : undefined
  return (
    <FigureStrip
      label="Figures of the error"
      piece="error.figures"
      figures={[
        {
          key: 'count',
          name: 'Occurrences',
          value: <Num value={error.count} />,
          note: <ChangeBadge current={error.count} previous={error.previous_count} good="down" />,
          help: 'How often it occurred in the period, compared with the period before. A page sends the same error five times at most.',
        },
        {
          key: 'people',
          name: 'People',
          value: <Num value={error.visitors} />,
          note: customers,
          help: 'Visitors who met it in the period. Known are customers that the occurrences themselves name.',
        },
        {
          key: 'sessions',
          name: 'Sessions',
          value: <Num value={error.sessions} />,
          help: 'Sessions with an occurrence in the period.',
        },
        {
          key: 'first',
          name: 'First seen',
          value: <Time at={error.first_seen} />,
          note: after ? `${gapText(after.at, error.first_seen)} after ${after.text}` : absoluteTime(error.first_seen),
          help: after
            ? `The first stored occurrence, whatever the period and filters are: ${absoluteTime(error.first_seen)}. The last release before it was ${after.text}, ${absoluteTime(after.at)}.`
            : 'The first stored occurrence, whatever the period and filters are.',
        },
        {
          key: 'last',
          name: 'Last seen',
          value: <Time at={error.last_seen} />,
          note: absoluteTime(error.last_seen),
          help: 'The last stored occurrence, whatever the period and filters are.',
        },
      ]}
    />
  )
}

function Known({ count }: { count: number }) {
  return (
    <>
      <Num value={count} /> known
    </>
  )
}
