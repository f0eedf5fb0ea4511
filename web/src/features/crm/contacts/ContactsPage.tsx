// Contacts: who is worth talking to now, and everything known of each.
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { isAtLeast, useRole } from '../../../api/role'
import { useFreshness } from '../../../api/useFreshness'
import { Chip } from '../../../ui/filters/FilterBar'
import { ListBar } from '../../../ui/filters/ListBar'
import { PageTabs } from '../../../ui/PageTabs'
import { Board } from '../board/Board'
import { NoAccess } from '../NoAccess'
import { ContactList } from './ContactList'
import { ContactPanel } from './ContactPanel'
import classes from './Contacts.module.css'
import { type ContactsSearch, DEFAULT_SORT } from './model'
import { PipelineStrip } from './PipelineStrip'

const VIEWS = [
  { value: 'list', label: 'List' },
  { value: 'board', label: 'Board' },
] as const

const route = getRouteApi('/p/$projectId/contacts')

export function ContactsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const freshness = useFreshness(projectId)
  const role = useRole(projectId)
  const mayRead = isAtLeast(role, 'analyst')
  const { open, ...listed } = search
  const isBoard = search.view === 'board'

  const show = (next: ContactsSearch, replace = false) => void navigate({ search: next, resetScroll: false, replace })
  const close = useCallback(
    () => void navigate({ search: ({ open: _open, ...rest }) => rest, resetScroll: false }),
    [navigate],
  )

  function choose(status: string | undefined) {
    const { status: _status, ...rest } = listed
    show(status === undefined ? rest : { ...rest, status })
  }

  function turn(view: 'list' | 'board') {
    const { view: _view, status: _status, sort: _sort, ...rest } = listed
    show(view === 'board' ? { ...rest, view } : rest)
  }

  function look(text: string) {
    const { search: _search, ...rest } = listed
    show(text === '' ? rest : { ...rest, search: text }, true)
  }

  return (
    <div className={classes.page}>
      {/* The board shows the same counts. */}
      {!(isBoard && mayRead) && (
        <PipelineStrip projectId={projectId} status={search.status} onChoose={mayRead ? choose : undefined} />
      )}
      {mayRead ? (
        <>
          <ListBar
            search={{
              label: 'Search contacts',
              placeholder: 'Name, e-mail, phone or id',
              value: search.search ?? '',
              onChange: look,
            }}
            {...freshness}
          >
            <PageTabs label="View" value={isBoard ? 'board' : 'list'} tabs={VIEWS} onChange={turn} />
            {search.status !== undefined && !isBoard && (
              <Chip name="Status" value={search.status} onRemove={() => choose(undefined)} />
            )}
          </ListBar>
          {isBoard ? (
            <Board
              projectId={projectId}
              search={search.search}
              openId={open}
              onOpen={(id) => show({ ...listed, open: id }, open !== undefined)}
            />
          ) : (
            <ContactList
              projectId={projectId}
              search={search}
              onSort={(sort) => {
                const { sort: _sort, ...rest } = listed
                show(sort === DEFAULT_SORT ? rest : { ...rest, sort })
              }}
              onOpen={(id) => show({ ...listed, open: id }, open !== undefined)}
              onShowAll={() => show({})}
            />
          )}
          {open !== undefined && <ContactPanel key={open} projectId={projectId} contactId={open} onClose={close} />}
        </>
      ) : (
        role !== undefined && <NoAccess title="All contacts" what="Contacts" />
      )}
    </div>
  )
}
