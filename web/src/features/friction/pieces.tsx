// The lists of friction as pieces of boards.
import { analysisOf, withFilter } from '../../lib/analysis'
import type { Piece } from '../../ui/tile'
import { ItemList } from './ItemList'
import { KindStrip } from './KindStrip'
import { parseFrictionSearch } from './model'
import { PageList } from './PageList'

export const PIECES: Piece[] = [
  {
    id: 'friction.kinds',
    title: 'Kinds of friction',
    kind: 'figure',
    width: 4,
    component: ({ projectId, search: raw, onShow }) => {
      const search = analysisOf(raw)
      return (
        <KindStrip
          projectId={projectId}
          search={search}
          onChoose={(kind) => onShow(withFilter(search, 'friction_kind', kind))}
        />
      )
    },
  },
  {
    id: 'friction.items',
    title: 'Elements and errors',
    kind: 'table',
    width: 4,
    component: ({ projectId, search: raw, onShow }) => {
      const { sort = 'score' } = parseFrictionSearch(raw)
      const search = analysisOf(raw)
      const page = sort === 'score' ? search : { ...search, sort }
      return (
        <ItemList
          projectId={projectId}
          search={search}
          sort={sort}
          openKey={undefined}
          onSort={(next) => onShow({ ...search, sort: next })}
          onOpen={(open) => onShow({ ...page, open })}
        />
      )
    },
  },
  {
    id: 'friction.pages',
    title: 'Friction by page',
    kind: 'table',
    width: 2,
    component: ({ projectId, search: raw, onShow }) => {
      const search = analysisOf(raw)
      return (
        <PageList projectId={projectId} search={search} onChoose={(path) => onShow(withFilter(search, 'path', path))} />
      )
    },
  },
]
