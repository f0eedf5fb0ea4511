// Interests: the items that contacts look at most, what they search for, and which filters they use together.
import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useFreshness } from '../../../api/useFreshness'
import { zoneLabel } from '../../../lib/zone'
import { ListBar } from '../../../ui/filters/ListBar'
import classes from './Interests.module.css'
import { MostViewed } from './MostViewed'
import { DEFAULT_INTERESTS_PERIOD, PERIOD_CHOICES, parseInterestsSearch } from './model'
import { FilterCombinations, SearchTerms } from './SearchPatterns'

const route = getRouteApi('/p/$projectId/interests')

export function InterestsPage() {
  const { projectId } = route.useParams()
  const { period = DEFAULT_INTERESTS_PERIOD } = route.useSearch()
  const navigate = route.useNavigate()
  const freshness = useFreshness(projectId)
  return (
    <div className={classes.page}>
      <ListBar {...freshness}>
        <SegmentedControl
          size="xs"
          aria-label="Period"
          data={PERIOD_CHOICES}
          value={period}
          onChange={(value) => void navigate({ search: parseInterestsSearch({ period: value }), resetScroll: false })}
        />
        <span className={classes.zone}>{zoneLabel()}</span>
      </ListBar>
      <MostViewed projectId={projectId} period={period} />
      <div className={classes.patterns}>
        <SearchTerms projectId={projectId} period={period} />
        <FilterCombinations projectId={projectId} period={period} />
      </div>
    </div>
  )
}
