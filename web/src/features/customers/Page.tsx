// Customers: who comes, orders and books, and how lately.
import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useFreshness } from '../../api/useFreshness'
import { ListBar } from '../../ui/filters/ListBar'
import { CustomerList } from './CustomerList'
import { CustomerPanel } from './CustomerPanel'
import classes from './Customers.module.css'
import { type CustomersSearch, INTERVAL_LABELS, INTERVALS, sortedBy } from './model'
import { SessionFigures } from './SessionFigures'

const route = getRouteApi('/p/$projectId/customers')

export function CustomersPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const freshness = useFreshness(projectId)
  const { open, ...listed } = search
  const show = (next: CustomersSearch, replace = false) => void navigate({ search: next, resetScroll: false, replace })
  const close = useCallback(
    () => void navigate({ search: ({ open: _open, ...rest }) => rest, resetScroll: false }),
    [navigate],
  )

  function look(text: string) {
    const { search: _search, ...rest } = listed
    show(text === '' ? rest : { ...rest, search: text }, true)
  }

  function narrow(value: string) {
    const { active: _active, ...rest } = listed
    const interval = INTERVALS.find((name) => name === value)
    show(interval && interval !== 'all' ? { ...rest, active: interval } : rest)
  }

  return (
    <div className={classes.page}>
      <ListBar
        search={{
          label: 'Search customers',
          placeholder: 'Name, e-mail or id',
          value: search.search ?? '',
          onChange: look,
        }}
        {...freshness}
      >
        <span className={classes.active} id="active-within">
          Active within
        </span>
        <SegmentedControl
          size="xs"
          aria-labelledby="active-within"
          value={search.active ?? 'all'}
          onChange={narrow}
          data={INTERVALS.map((value) => ({ value, label: INTERVAL_LABELS[value] }))}
        />
      </ListBar>
      <SessionFigures projectId={projectId} interval={search.active ?? 'all'} />
      <CustomerList
        projectId={projectId}
        search={search}
        onSort={(sort) => show(sortedBy(search, sort))}
        onOpen={(id) => show({ ...listed, open: id }, open !== undefined)}
        onShowAll={() => show({})}
      />
      {open !== undefined && <CustomerPanel key={open} projectId={projectId} customerId={open} onClose={close} />}
    </div>
  )
}
