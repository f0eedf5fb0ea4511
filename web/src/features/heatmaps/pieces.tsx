// The map of a page, its elements and its scroll depth as pieces of boards.
import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import { TileTitle } from '../../ui/TileTitle'
import type { Piece, PieceProps } from '../../ui/tile'
import type { Heatmap } from './api'
import { ElementsCard } from './ElementsCard'
import { ALL_WIDTHS, type HeatmapSearch, LAYER_LABELS, type Layer, parseHeatmapSearch } from './model'
import { PageMap } from './PageMap'
import { ScrollList } from './ScrollList'
import { useHeatmap, usePages } from './useHeatmap'

const WHAT = 'The heatmap'

type Shown = ReturnType<typeof useHeatmap> & { answer: Heatmap; search: HeatmapSearch }
type MapProps = Omit<PieceProps, 'search'> & {
  search: HeatmapSearch
  /** What the card is called after: "Elements" of a page. */
  title: string
  height: number
  children: (shown: Shown) => ReactNode
}

/** The page that the card names, else the most viewed one. */
function OfPage(props: MapProps) {
  const { projectId, search, title, height } = props
  const { pages, path } = usePages(projectId, search)
  if (path !== undefined) return <OnPath {...props} path={path} />
  return (
    <TileResult title={title} what="The list of pages" question={pages} height={height}>
      {() => (
        <Card title={title}>
          <Empty icon={IconEyeOff} title="No page was viewed in this period" />
        </Card>
      )}
    </TileResult>
  )
}

function OnPath({ projectId, search, path, title, height, children }: MapProps & { path: string }) {
  const shown = useHeatmap(projectId, search, path)
  return (
    <TileTitle title={`${title}: ${path}`}>
      <TileResult title={title} what={WHAT} question={shown.map} height={height}>
        {(answer) => children({ ...shown, answer, search })}
      </TileResult>
    </TileTitle>
  )
}

const withoutOpen = ({ open: _open, ...search }: HeatmapSearch): HeatmapSearch => search
const layerOf = ({ layer }: HeatmapSearch): Layer => layer ?? 'clicks'

function MapPiece(props: PieceProps) {
  const search = withoutOpen(parseHeatmapSearch(props.search))
  return (
    <OfPage {...props} search={search} title={LAYER_LABELS[layerOf(search)]} height={420}>
      {(shown) => <Map {...props} {...shown} />}
    </OfPage>
  )
}

/** An element that is chosen leads to its page, which has room for its figures. */
function Map({ projectId, answer, search, layer, width, map, shots, onShow }: Omit<PieceProps, 'search'> & Shown) {
  const snapshots = useQuery(shots)
  return (
    <PageMap
      projectId={projectId}
      search={search}
      answer={answer}
      layer={layer}
      width={width ?? ALL_WIDTHS}
      shots={snapshots}
      isStale={map.isPlaceholderData}
      onChange={(next) => onShow(next({ ...search, path: answer.path, ...(width === undefined ? {} : { width }) }))}
      isMapOnly
    />
  )
}

function ElementsPiece(props: PieceProps) {
  const { projectId } = props
  const search = withoutOpen(parseHeatmapSearch(props.search))
  return (
    <OfPage
      {...props}
      search={search}
      title={`Elements by ${LAYER_LABELS[layerOf(search)].toLowerCase()}`}
      height={264}
    >
      {({ answer, layer }) => (
        <ElementsCard
          projectId={projectId}
          search={search}
          answer={answer}
          layer={layer}
          boxes={undefined}
          isBlank
          marked={undefined}
          opened={undefined}
          onMark={ignore}
        />
      )}
    </OfPage>
  )
}

/** There is no map at its side to mark an element of. */
const ignore = () => undefined

export const PIECES: Piece[] = [
  { id: 'heatmaps.map', title: 'Heatmap', kind: 'chart', width: 2, component: MapPiece },
  { id: 'heatmaps.elements', title: 'Elements of a page', kind: 'table', width: 2, component: ElementsPiece },
  {
    id: 'heatmaps.depth',
    title: 'Scroll depth',
    kind: 'chart',
    width: 2,
    at: { layer: 'scroll' },
    component: (props) => (
      <OfPage
        {...props}
        search={{ ...withoutOpen(parseHeatmapSearch(props.search)), layer: 'scroll' }}
        title="Scroll depth"
        height={340}
      >
        {({ answer }) => <ScrollList scroll={answer.scroll ?? null} />}
      </OfPage>
    ),
  },
]
