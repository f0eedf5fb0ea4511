// The list of contacts; a row opens its panel beside the list.
import { ActionIcon, Tooltip } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { uniqueRows } from '../../../api/question'
import { downloadText } from '../../../lib/csv'
import { Card } from '../../../ui/Card'
import { DataTable } from '../../../ui/DataTable'
import { LoadMore } from '../../../ui/LoadMore'
import { Result } from '../../../ui/Result'
import { RowsSkeleton } from '../../../ui/States'
import { toastFailed } from '../../../ui/toast'
import { contactsQuery, exportContacts } from './api'
import { CONTACT_COLUMNS } from './columns'
import { DEFAULT_SORT, SORTS, type ContactsSearch, type Sort } from './model'
import { NoContacts } from './NoContacts'

type Props = { projectId: string; search: ContactsSearch; onSort: (sort: Sort) => void; onOpen: (id: string) => void; onShowAll: () => void }

export function ContactList({ projectId, search, onSort, onOpen, onShowAll }: Props) {
  const contacts = useInfiniteQuery(contactsQuery(projectId, search))
  const rows = uniqueRows(contacts.data?.pages.map((page) => page.contacts) ?? [], (contact) => contact.id)
  return (
    <Card
      title={search.status ?? 'All contacts'}
      help="A contact is a person identified by an e-mail address or user id. Anonymous visitors are not listed."
      flush
      actions={<ExportButton projectId={projectId} search={search} isEmpty={rows.length === 0} />}
    >
      <Result what="The contacts" question={contacts} skeleton={<RowsSkeleton rows={12} />}>
        {() =>
          rows.length === 0 ? (
            <NoContacts search={search} onShowAll={onShowAll} projectId={projectId} />
          ) : (
            <>
              <DataTable
                label="Contacts"
                columns={CONTACT_COLUMNS}
                rows={rows}
                rowKey={(contact) => contact.id}
                isStale={contacts.isPlaceholderData}
                sort={{ by: search.sort ?? DEFAULT_SORT, onSort: (by) => onSort(SORTS.find((name) => name === by) ?? DEFAULT_SORT) }}
                openKey={search.open}
                onOpen={(contact) => onOpen(contact.id)}
              />
              <LoadMore shown={rows.length} what="contacts" hasMore={contacts.hasNextPage} isLoading={contacts.isFetchingNextPage} onMore={() => void contacts.fetchNextPage()} />
            </>
          )
        }
      </Result>
    </Card>
  )
}

/** The server writes the file: it holds all contacts of the search, not only those read so far. */
function ExportButton({ projectId, search, isEmpty }: { projectId: string; search: ContactsSearch; isEmpty: boolean }) {
  const download = useMutation({
    mutationFn: () => exportContacts(projectId, search),
    onSuccess: (text) => downloadText('footfall-contacts.csv', text),
    onError: (error) => toastFailed('The contacts were not downloaded', error),
  })
  return (
    <Tooltip label="Download all contacts as CSV">
      <ActionIcon aria-label="Download as CSV" disabled={isEmpty} loading={download.isPending} onClick={() => download.mutate()}>
        <IconDownload size={15} />
      </ActionIcon>
    </Tooltip>
  )
}
