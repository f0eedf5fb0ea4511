// Recordings: which visits were recorded, the latest first.
import { getRouteApi } from '@tanstack/react-router'
import { useFreshness } from '../../api/useFreshness'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { Chip } from '../../ui/filters/FilterBar'
import { ListBar } from '../../ui/filters/ListBar'
import { NeedsRole } from '../../ui/NeedsRole'
import { FILTER_LABELS } from './model'
import { RecordingList } from './RecordingList'
import classes from './Recordings.module.css'
import { FILTERS, type RecordingFilter } from './search'

const route = getRouteApi('/p/$projectId/recordings')

export function RecordingsPage() {
  const { projectId } = route.useParams()
  const filter = route.useSearch()
  const navigate = route.useNavigate()
  const freshness = useFreshness(projectId)
  const { role, may } = useRole(projectId)
  const show = (next: RecordingFilter, replace = false) => void navigate({ search: next, resetScroll: false, replace })

  function without(name: keyof RecordingFilter): RecordingFilter {
    const { [name]: _removed, ...rest } = filter
    return rest
  }

  if (role !== undefined && !may('analyst')) {
    return (
      <Card title="Recordings">
        <NeedsRole what="Recordings" needed="analyst" role={role} />
      </Card>
    )
  }
  return (
    <div className={classes.page}>
      <ListBar
        search={{
          label: 'Customer’s user id',
          placeholder: 'Customer’s user id',
          value: filter.user_id ?? '',
          onChange: (text) => show(text.trim() === '' ? without('user_id') : { ...filter, user_id: text.trim() }, true),
        }}
        {...freshness}
      >
        {FILTERS.map((name) => {
          const value = filter[name]
          return value === undefined || name === 'user_id' ? null : (
            <Chip key={name} name={FILTER_LABELS[name]} value={value} onRemove={() => show(without(name))} />
          )
        })}
      </ListBar>
      <RecordingList
        projectId={projectId}
        filter={filter}
        onFilter={(more) => show({ ...filter, ...more })}
        onShowAll={() => show({})}
        onOpen={(id) =>
          void navigate({ to: '/p/$projectId/recordings/$recordingId', params: { projectId, recordingId: id } })
        }
      />
    </div>
  )
}
