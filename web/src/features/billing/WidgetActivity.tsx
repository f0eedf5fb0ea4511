// How often each widget was loaded, opened and called in a period, and by which share of the sessions that loaded it.

import { IconPhoneCall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { components } from '../../api/schema.gen'
import { percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import type { BillingSearch } from './model'
import { PeriodMenu } from './PeriodMenu'
import { widgetActivityQuery } from './widgetApi'

type Activity = components['schemas']['WidgetActivity']

/** Rates come from sessions: a page that loads the widget again is the same visit. */
const COLUMNS: Column<Activity>[] = [
  {
    key: 'widget',
    header: 'Widget',
    cell: (widget) => widget.name ?? <code title="This widget was deleted.">{widget.widget_id}</code>,
    small: 'title',
  },
  { key: 'loads', header: 'Loads', align: 'right', cell: ({ loads }) => <Num value={loads} />, small: 'fact' },
  { key: 'opens', header: 'Opens', align: 'right', cell: ({ opens }) => <Num value={opens} />, small: 'fact' },
  { key: 'calls', header: 'Calls', align: 'right', cell: ({ calls }) => <Num value={calls} />, small: 'fact' },
  {
    key: 'sessions',
    header: 'Sessions',
    align: 'right',
    cell: ({ sessions }) => <Num value={sessions} />,
    small: 'fact',
  },
  {
    key: 'open_rate',
    header: 'Opened it',
    align: 'right',
    cell: ({ open_rate }) => <Rate value={open_rate} />,
    small: 'fact',
  },
  {
    key: 'call_rate',
    header: 'Called',
    align: 'right',
    cell: ({ call_rate }) => <Rate value={call_rate} />,
    small: 'figure',
  },
]

function Rate({ value }: { value: number | null | undefined }) {
  return value == null ? '–' : percent(value)
}

type Props = { projectId: string; search: BillingSearch; onChange: (search: BillingSearch) => void }

export function WidgetActivity({ projectId, search, onChange }: Props) {
  const { from, to, span, ...rest } = search
  const period = { ...(span ? { span } : {}), ...(from && to ? { from, to } : {}) }
  const activity = useQuery(widgetActivityQuery(projectId, period))
  return (
    <Card
      title="Loads and opens"
      piece="billing.widgets"
      help="Opened it and Called are shares of the sessions that loaded the widget. Inline widgets are always open. Bots are left out."
      flush
      actions={<PeriodMenu period={period} onChange={(next) => onChange({ ...rest, ...next })} />}
    >
      <Result what="Loads and opens" question={activity} skeleton={<RowsSkeleton rows={3} />}>
        {({ widgets }) =>
          widgets.every(({ loads, opens, calls }) => loads + opens + calls === 0) ? (
            <Empty icon={IconPhoneCall} title="No widget was loaded in this period">
              Loads appear here within seconds once the code below is on your page.
            </Empty>
          ) : (
            <DataTable
              label="Loads, opens and calls of each widget"
              columns={COLUMNS}
              rows={widgets}
              rowKey={({ widget_id }) => widget_id}
              isStale={activity.isPlaceholderData}
            />
          )
        }
      </Result>
    </Card>
  )
}
