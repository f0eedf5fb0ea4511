// The page of a person that is found: the head, the parts that the tabs choose, and what is known beside them.
import { getRouteApi } from '@tanstack/react-router'
import { PageTabs } from '../../../ui/PageTabs'
import type { Person } from './api'
import { FrictionList } from './FrictionList'
import { mainUserId, type PersonSearch, TAB_NAMES, TABS, type Tab } from './model'
import classes from './Person.module.css'
import { PersonAside } from './PersonAside'
import { PersonHead } from './PersonHead'
import { PersonTimeline } from './PersonTimeline'
import { PurchaseList } from './PurchaseList'
import { VisitList } from './VisitList'

const route = getRouteApi('/p/$projectId/people/$personId')

export function PersonBody({ projectId, person }: { projectId: string; person: Person }) {
  const { personId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const tab = search.tab ?? 'timeline'
  const show = (next: PersonSearch) => void navigate({ search: next, resetScroll: false })
  const choose = (next: Tab) => show(next === 'timeline' ? {} : { tab: next })
  return (
    <>
      <PersonHead projectId={projectId} person={person} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <PageTabs
            label="Part of the page"
            value={tab}
            tabs={TABS.map((value) => ({ value, label: TAB_NAMES[value] }))}
            onChange={choose}
          />
          {tab === 'timeline' && (
            <PersonTimeline
              projectId={projectId}
              personId={personId}
              kinds={search.kinds ?? []}
              onKinds={(kinds) => show(kinds.length > 0 ? { kinds } : {})}
            />
          )}
          {tab === 'sessions' && <VisitList projectId={projectId} userId={mainUserId(person)} />}
          {tab === 'purchases' && <PurchaseList figures={person.figures} />}
          {tab === 'friction' && <FrictionList projectId={projectId} personId={personId} />}
          {tab === 'calls' && <PersonTimeline projectId={projectId} personId={personId} kinds={CALLS} isFixed />}
        </div>
        <PersonAside projectId={projectId} personId={personId} person={person} />
      </div>
    </>
  )
}

const CALLS = ['call'] as const
