// The list of contacts; a row opens its panel beside the list.
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../../api/question'
import { Card } from '../../../ui/Card'
import { DataTable } from '../../../ui/DataTable'
import { ExportButton } from '../../../ui/ExportButton'
import { LoadMore } from '../../../ui/LoadMore'
import { Result } from '../../../ui/Result'
import { RowsSkeleton } from '../../../ui/States'
import { useColumns } from '../../../ui/table/useColumns'
import { allContacts, contactsQuery } from './api'
import { CONTACT_COLUMNS } from './columns'
import { type ContactsSearch, DEFAULT_SORT, SORTS, type Sort } from './model'
import { NoContacts } from './NoContacts'

type Props = {
  projectId: string
  search: ContactsSearch
  onSort: (sort: Sort) => void
  onOpen: (id: string) => void
  onShowAll: () => void
}

export function ContactList({ projectId, search, onSort, onOpen, onShowAll }: Props) {
  const contacts = useInfiniteQuery(contactsQuery(projectId, search))
  const rows = uniqueRows(contacts.data?.pages.map((page) => page.contacts) ?? [], (contact) => contact.id)
  const { columns, menu } = useColumns('contacts', CONTACT_COLUMNS, rows)
  return (
    <Card
      title={search.status ?? 'All contacts'}
      piece="contacts.list"
      help="A contact is a person identified by an e-mail address or user id. Anonymous visitors are not listed."
      flush
      actions={
        <>
          {menu}
          <ExportButton
            what="contacts"
            one="contact"
            list={() => allContacts(projectId, search)}
            isEmpty={rows.length === 0}
          />
        </>
      }
    >
      <Result what="The contacts" question={contacts} skeleton={<RowsSkeleton rows={12} />}>
        {() =>
          rows.length === 0 ? (
            <NoContacts search={search} onShowAll={onShowAll} projectId={projectId} />
          ) : (
            <>
              <DataTable
                label="Contacts"
                columns={columns}
                rows={rows}
                rowKey={(contact) => contact.id}
                isStale={contacts.isPlaceholderData}
                sort={{
                  by: search.sort ?? DEFAULT_SORT,
                  onSort: (by) => onSort(SORTS.find((name) => name === by) ?? DEFAULT_SORT),
                }}
                openKey={search.open}
                onOpen={(contact) => onOpen(contact.id)}
              />
              <LoadMore
                shown={rows.length}
                what="contacts"
                hasMore={contacts.hasNextPage}
                isLoading={contacts.isFetchingNextPage}
                onMore={() => void contacts.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}
