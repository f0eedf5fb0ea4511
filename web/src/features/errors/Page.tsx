// Errors: what fails in visitors' browsers, in groups with one cause, and what is decided about each.
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMembers } from '../../api/members'
import { meQuery } from '../../api/session'
import { PageTabs } from '../../ui/PageTabs'
import { SearchBox } from '../../ui/SearchBox'
import { ErrorList } from './ErrorList'
import classes from './Errors.module.css'
import { type ErrorsSearch, ME, NOBODY, parseErrorsSearch, TAB_LABELS, TABS } from './model'

const route = getRouteApi('/p/$projectId/analysis/errors')

export function ErrorsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: me } = useQuery(meQuery)
  const show = (next: { [Name in keyof ErrorsSearch]?: unknown }) =>
    void navigate({ search: parseErrorsSearch(next), resetScroll: false })
  return (
    <div className={classes.page}>
      <div className={classes.tools}>
        <PageTabs
          label="Status"
          value={search.tab ?? 'unresolved'}
          tabs={TABS.map((value) => ({ value, label: TAB_LABELS[value] }))}
          onChange={(tab) => show({ ...search, tab })}
        />
        <SearchBox
          label="Search errors"
          placeholder="Search messages"
          value={search.search ?? ''}
          onChange={(text) => show({ ...search, search: text })}
        />
        <AssignedFilter
          projectId={projectId}
          myId={me?.member.id}
          value={search.assigned}
          onChange={(assigned) => show({ ...search, assigned })}
        />
      </div>
      <ErrorList
        projectId={projectId}
        search={search}
        myId={me?.member.id}
        onSort={(sort) => show({ ...search, sort })}
        onOpen={(errorGroup) =>
          void navigate({ to: '/p/$projectId/errors/$errorGroup', params: { projectId, errorGroup }, search })
        }
        onShow={show}
      />
    </div>
  )
}

type FilterProps = {
  projectId: string
  myId: string | undefined
  value: string | undefined
  onChange: (value: string | undefined) => void
}

function AssignedFilter({ projectId, myId, value, onChange }: FilterProps) {
  const { members } = useMembers(projectId)
  const others = members.filter(({ id }) => id !== myId).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Select
      size="xs"
      w={148}
      aria-label="Assigned to"
      placeholder="Any member"
      clearable
      data={[{ value: ME, label: 'Me' }, { value: NOBODY, label: 'Unassigned' }, ...others]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
