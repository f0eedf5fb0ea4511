// The controls of usage: period, widget, how it is added up, and the whole of it as CSV.
import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WholeList } from '../../api/wholeList'
import { ExportDialog } from '../../ui/ExportDialog'
import { allUsage, useClosedMonths } from './api'
import classes from './Billing.module.css'
import { type BillingSearch, GROUPS, type Group } from './model'
import { PeriodMenu } from './PeriodMenu'
import { widgetsQuery } from './widgetApi'

const GROUP_LABELS: Record<Group, string> = { day: 'By day', month: 'By month', session: 'By session' }

type Props = { projectId: string; search: BillingSearch; isEmpty: boolean; onChange: (search: BillingSearch) => void }

export function UsageBar({ projectId, search, isEmpty, onChange }: Props) {
  const [exported, setExported] = useState<WholeList>()
  const { from: _from, to: _to, span: _span, open: _open, ...kept } = search
  const group = search.group ?? 'day'
  const closed = useClosedMonths(projectId)

  return (
    <div className={classes.bar} role="toolbar" aria-label="Period and widget">
      <PeriodMenu period={search} onChange={(period) => onChange({ ...kept, ...period })} />
      <WidgetSelect
        projectId={projectId}
        widget={search.widget}
        onChange={(widget) => onChange({ ...withoutWidget(search), ...(widget ? { widget } : {}) })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Group by"
        value={group}
        data={GROUPS.map((value) => ({ value, label: GROUP_LABELS[value] }))}
        onChange={(value) => {
          const next = GROUPS.find((name) => name === value)
          const { group: _group, ...rest } = withoutOpen(search)
          onChange({ ...rest, ...(next && next !== 'day' ? { group: next } : {}) })
        }}
      />
      <Button
        variant="default"
        leftSection={<IconDownload size={14} />}
        disabled={isEmpty}
        onClick={() =>
          setExported(
            allUsage(projectId, { period: search, group, widget: search.widget, differing: search.differing, closed }),
          )
        }
      >
        Export CSV
      </Button>
      {exported && (
        <ExportDialog
          what={`${group}s`}
          one={group}
          list={exported}
          note="The CSV file has the usage of the period and widget chosen here."
          onClose={() => setExported(undefined)}
        />
      )}
    </div>
  )
}

/** Widgets that were deleted cannot be chosen, but one named in the address still filters. */
function WidgetSelect({
  projectId,
  widget,
  onChange,
}: {
  projectId: string
  widget: string | undefined
  onChange: (widget: string | null) => void
}) {
  const { data: widgets = [] } = useQuery(widgetsQuery(projectId))
  const known = widgets.map(({ id, name }) => ({ value: id, label: name }))
  const data =
    widget && !widgets.some(({ id }) => id === widget) ? [...known, { value: widget, label: 'Deleted widget' }] : known
  return (
    <Select
      size="xs"
      w={200}
      aria-label="Widget"
      placeholder="All widgets"
      clearable
      data={data}
      value={widget ?? null}
      onChange={onChange}
      comboboxProps={{ width: 'max-content' }}
    />
  )
}

function withoutOpen({ open: _open, differing: _differing, ...rest }: BillingSearch): BillingSearch {
  return rest
}

function withoutWidget(search: BillingSearch): BillingSearch {
  const { widget: _widget, ...rest } = withoutOpen(search)
  return rest
}
