// Names what a tile shows, where the card's own title leaves that to its page; a title of the member's own comes first.
import { type ReactNode, useMemo } from 'react'
import { TileContext, useTile } from './tile'

export function TileTitle({ title, children }: { title: string; children: ReactNode }) {
  const tile = useTile()
  const named = useMemo(() => tile && { ...tile, title: tile.title ?? title }, [tile, title])
  return <TileContext value={named}>{children}</TileContext>
}
