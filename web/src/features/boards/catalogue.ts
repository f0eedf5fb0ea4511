// The pieces that boards can show, by the area whose page has them; the app says where their code is.
import type { Icon } from '@tabler/icons-react'
import { queryOptions } from '@tanstack/react-query'
import type { ComponentType, ReactNode } from 'react'
import type { AnalysisSearch } from '../../lib/analysis'
import type { RoleName } from '../../lib/roles'
import type { Piece } from '../../ui/tile'

export type PieceArea = {
  /** The part of a piece's id before the dot. */
  name: string
  label: string
  to: string
  icon: Icon
  needed: RoleName
  /** Its pieces follow the period and filters of the board. */
  followsBoard: boolean
  /** Its pieces are shown to anyone who has a share link. */
  isShared: boolean
  /** Parameters of its cards that stand in the path of the page. */
  inPath?: readonly string[]
  /** Only the owner of the server reads it. */
  isForServerOwner?: true
  load: () => Promise<Piece[]>
}

export type BoardParts = {
  areas: readonly PieceArea[]
  /** Gives its content what the search is compared with. */
  Compared: ComponentType<{ projectId: string; search: AnalysisSearch; children: ReactNode }>
  /** Makes a link to a board that all in the project see. */
  Share: ComponentType<{ projectId: string; board: { id: string; name: string }; search: AnalysisSearch }>
}

export function areaOf(areas: readonly PieceArea[], piece: string): PieceArea | undefined {
  const name = piece.split('.')[0]
  return areas.find((area) => area.name === name)
}

/** The address of a card's page, as it is or with another search: what stands in the path is the card's. */
export function pageOf(
  { to, inPath = [] }: PieceArea,
  projectId: string,
  card: Record<string, unknown>,
  shown: object = card,
) {
  const path = Object.entries(card).filter(([name]) => inPath.includes(name))
  const search = Object.entries(shown).filter(([name]) => !inPath.includes(name))
  return {
    // The routes of all areas have the project in their path.
    to: to as '/p/$projectId/overview',
    params: { projectId, ...Object.fromEntries(path) },
    search: Object.fromEntries(search) as AnalysisSearch,
  }
}

/** The pieces of an area; their code is loaded once. */
export const piecesQuery = (area: PieceArea | undefined) =>
  queryOptions({
    queryKey: ['board-pieces', area?.name],
    queryFn: () => area?.load() ?? [],
    enabled: area !== undefined,
    staleTime: Infinity,
    gcTime: Infinity,
  })
