// The lists of interests as pieces of boards.
import type { ComponentType } from 'react'
import type { Piece, PieceProps } from '../../../ui/tile'
import { MostViewed } from './MostViewed'
import { DEFAULT_INTERESTS_PERIOD, type InterestsPeriod, parseInterestsSearch } from './model'
import { FilterCombinations, SearchTerms } from './SearchPatterns'

/** The list of the period that the search names: interests have few periods, which are not those of boards. */
const within = (List: ComponentType<{ projectId: string; period: InterestsPeriod }>) =>
  function InterestsPiece({ projectId, search }: PieceProps) {
    return <List projectId={projectId} period={parseInterestsSearch(search).period ?? DEFAULT_INTERESTS_PERIOD} />
  }

export const PIECES: Piece[] = [
  {
    id: 'interests.items',
    title: 'Most viewed by contacts',
    kind: 'table',
    width: 2,
    component: within(MostViewed),
  },
  { id: 'interests.searches', title: 'Searched for', kind: 'table', width: 2, component: within(SearchTerms) },
  {
    id: 'interests.filters',
    title: 'Filters used together',
    kind: 'table',
    width: 2,
    component: within(FilterCombinations),
  },
]
