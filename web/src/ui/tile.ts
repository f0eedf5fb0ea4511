// What a card is besides a part of its page: a piece that can be put on a board, or a tile of one.
import { type ComponentType, createContext, useContext } from 'react'

/** Shows a piece by the search parameters of its page; `onShow` leads to the page with others. */
export type PieceProps = { projectId: string; search: Record<string, unknown>; onShow: (search: object) => void }

export type Piece = {
  /** "<area>.<name>" */
  id: string
  title: string
  kind: 'figure' | 'chart' | 'table'
  /** In quarters of a board, as it is put there. */
  width: 1 | 2 | 3 | 4
  component: ComponentType<PieceProps>
  /** What its page has to choose first: then it is added there, and not from the gallery. */
  needs?: string
  /** A share link does not show it. */
  isForMembers?: true
  /** The least role that may read it, where its area's is not enough. */
  needed?: 'admin' | 'analyst'
  /** Where its page shows it: the parameters with which it is added from the gallery. */
  at?: Record<string, string>
}

export type Tile = {
  /** Instead of the card's own title. */
  title: string | null
  /** How many quarters of a board it has room for. */
  room: number
}

export const TileContext = createContext<Tile | null>(null)
export const useTile = () => useContext(TileContext)

/** What stands last in the head of a card that is a piece: of a page the way to a board, of a board what it does with the tile. */
export type CardEnd = ComponentType<{ piece: string; title: string }>
export const CardEndContext = createContext<CardEnd | null>(null)

/** What the cards of a page show beyond its address, such as a page that is chosen while the address names none. */
export const PieceSearchContext = createContext<Record<string, unknown>>({})

/** Rows of a table on a tile: its page has the others. */
export const TILE_ROWS = 8

/** Columns that a tile has room for: the two that matter with the heading first, some, or all. */
export function columnsFor<C extends { small?: string; isExtra?: boolean }>(room: number, columns: C[]): C[] {
  if (room > 2) return columns
  const title = columns.find(({ small }) => small === 'title') ?? columns[0]
  const figure = columns.find(({ small }) => small === 'figure') ?? columns.find((column) => column !== title)
  if (room === 1) return [title, figure].filter((column) => column !== undefined)
  const others = columns.filter(({ isExtra, small }) => !isExtra && small !== 'none').slice(0, 5)
  return columns.filter((column) => column === title || column === figure || others.includes(column))
}
