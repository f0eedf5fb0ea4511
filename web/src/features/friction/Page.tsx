// Friction: what hurts most, by element and error, or by page.
import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { analysisOf, withFilter } from '../../lib/analysis'
import classes from './Friction.module.css'
import { ItemList } from './ItemList'
import { KindStrip } from './KindStrip'
import { PageList } from './PageList'

const route = getRouteApi('/p/$projectId/analysis/friction')

export function FrictionPage() {
  const { projectId } = route.useParams()
  const { tab, sort, open, ...rest } = route.useSearch()
  const navigate = route.useNavigate()
  const search = analysisOf(rest)
  const page = { ...(tab ? { tab } : {}), ...(sort ? { sort } : {}) }

  return (
    <div className={classes.page}>
      <KindStrip
        projectId={projectId}
        search={search}
        onChoose={(kind) =>
          void navigate({ search: { ...page, ...withFilter(search, 'friction_kind', kind) }, resetScroll: false })
        }
      />
      <SegmentedControl
        className={classes.tabs}
        size="xs"
        aria-label="Show friction by"
        value={tab ?? 'items'}
        onChange={(value) =>
          void navigate({ search: { ...search, ...(value === 'pages' ? { tab: 'pages' as const } : {}) } })
        }
        data={[
          { value: 'items', label: 'Elements and errors' },
          { value: 'pages', label: 'Pages' },
        ]}
      />
      {tab === 'pages' ? (
        <PageList
          projectId={projectId}
          search={search}
          onChoose={(path) => void navigate({ search: withFilter(search, 'path', path) })}
        />
      ) : (
        <ItemList
          projectId={projectId}
          search={search}
          sort={sort ?? 'score'}
          openKey={open}
          onSort={(next) =>
            void navigate({ search: { ...search, ...(next === 'score' ? {} : { sort: next }) }, resetScroll: false })
          }
          onOpen={(key) =>
            void navigate({
              search: { ...search, ...page, ...(key === undefined ? {} : { open: key }) },
              resetScroll: false,
              replace: open !== undefined && key !== undefined,
            })
          }
        />
      )}
    </div>
  )
}
