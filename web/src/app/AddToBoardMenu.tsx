// The menu of a card that can be put on a board: what its page shows now is what the board will show.
import { useSearch } from '@tanstack/react-router'
import { AddMenu } from '../features/boards/AddMenu'
import { areaOf } from '../features/boards/catalogue'
import { BOARD_AREAS } from './boardPieces'

type Props = {
  projectId: string
  piece: string
  title: string
  /** Of the page, beyond its address. */
  shown: Record<string, unknown>
  onClose: () => void
}

export function AddToBoardMenu({ shown, ...props }: Props) {
  const search = { ...shown, ...useSearch({ strict: false }) }
  return <AddMenu {...props} search={search} area={areaOf(BOARD_AREAS, props.piece)} />
}
