// The table of customers; a row opens the panel beside it.
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import { allCustomers, customersQuery } from './api'
import { customerColumns } from './columns'
import { type CustomersSearch, SORTS, type Sort } from './model'
import { NoCustomers } from './NoCustomers'

type Props = {
  projectId: string
  search: CustomersSearch
  onSort: (sort: Sort) => void
  onOpen: (id: string) => void
  onShowAll: () => void
}

export function CustomerList({ projectId, search, onSort, onOpen, onShowAll }: Props) {
  const { may } = useRole(projectId)
  const customers = useInfiniteQuery(customersQuery(projectId, search))
  const rows = uniqueRows(customers.data?.pages.map((page) => page.customers) ?? [], (customer) => customer.id)
  const { columns, menu } = useColumns('customers', customerColumns(may('analyst')), rows)
  return (
    <Card
      title="Signed-in customers"
      piece="customers.list"
      help="People your site identifies by a user id. Figures cover all time; “Active within” shows only recently active customers."
      flush
      actions={
        <>
          {menu}
          <ExportButton
            what="customers"
            one="customer"
            list={() => allCustomers(projectId, search)}
            isEmpty={rows.length === 0}
          />
        </>
      }
    >
      <Result what="The customers" question={customers} skeleton={<RowsSkeleton rows={12} />}>
        {() =>
          rows.length === 0 ? (
            <NoCustomers projectId={projectId} search={search} onShowAll={onShowAll} />
          ) : (
            <>
              <DataTable
                label="Customers"
                columns={columns}
                rows={rows}
                rowKey={(customer) => customer.id}
                isStale={customers.isPlaceholderData}
                sort={{
                  by: search.sort ?? 'sessions',
                  isAscending: search.order === 'asc',
                  onSort: (by) => onSort(SORTS.find((name) => name === by) ?? 'sessions'),
                }}
                openKey={search.open}
                onOpen={(customer) => onOpen(customer.id)}
              />
              <LoadMore
                shown={rows.length}
                what="customers"
                hasMore={customers.hasNextPage}
                isLoading={customers.isFetchingNextPage}
                onMore={() => void customers.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}
