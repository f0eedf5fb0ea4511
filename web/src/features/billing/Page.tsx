// Calls and billing: what was used and what it costs, closed months, the tariff, how well calls complete, and the widgets.
import { getRouteApi } from '@tanstack/react-router'
import { PageTabs } from '../../ui/PageTabs'
import classes from './Billing.module.css'
import { HealthTab } from './HealthTab'
import { MonthsTab } from './MonthsTab'
import { type BillingSearch, TABS, type Tab } from './model'
import { TariffTab } from './TariffTab'
import { UsageTab } from './UsageTab'
import { WidgetsTab } from './WidgetsTab'

const route = getRouteApi('/p/$projectId/billing')

const TAB_LABELS: Record<Tab, string> = {
  usage: 'Usage',
  months: 'Months',
  tariff: 'Tariff',
  health: 'Call health',
  widgets: 'Widgets',
}

export function BillingPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { tab = 'usage', open: _open, ...kept } = search
  const change = (next: BillingSearch, isReplacing = false) =>
    void navigate({ search: next, resetScroll: false, replace: isReplacing })
  const show = (next: Tab) =>
    void navigate({ search: { ...withoutTab(kept), ...(next === 'usage' ? {} : { tab: next }) } })

  return (
    <div className={classes.page}>
      <PageTabs
        label="Show"
        value={tab}
        tabs={TABS.map((value) => ({ value, label: TAB_LABELS[value] }))}
        onChange={show}
      />
      {tab === 'usage' && <UsageTab projectId={projectId} search={search} onChange={change} onShow={show} />}
      {tab === 'months' && (
        <MonthsTab
          projectId={projectId}
          openKey={search.open}
          onOpen={(open) => change({ ...kept, ...(open === undefined ? {} : { open }) })}
          onShow={show}
        />
      )}
      {tab === 'tariff' && <TariffTab projectId={projectId} />}
      {tab === 'health' && <HealthTab projectId={projectId} search={search} onChange={change} onShow={show} />}
      {tab === 'widgets' && <WidgetsTab projectId={projectId} search={search} onChange={change} />}
    </div>
  )
}

function withoutTab({ tab: _tab, ...rest }: BillingSearch): BillingSearch {
  return rest
}
