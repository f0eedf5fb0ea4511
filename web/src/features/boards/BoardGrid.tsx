// The board as it is read: its cards in rows.
import type { AnalysisSearch } from '../../lib/analysis'
import type { BoardCard } from './api'
import classes from './Boards.module.css'
import type { BoardParts } from './catalogue'
import { roomOf, spanOf } from './layout'
import { Tile } from './Tile'
import { useBoardColumns } from './useBoardColumns'

type Props = { projectId: string; cards: readonly BoardCard[]; search: AnalysisSearch; parts: BoardParts }

export function BoardGrid({ projectId, cards, search, parts }: Props) {
  const columns = useBoardColumns()
  return (
    <ul className={classes.grid} data-columns={columns} aria-label="Cards">
      {cards.map((card) => (
        <li key={card.id} data-span={spanOf(card.width, columns)}>
          <Tile projectId={projectId} card={card} search={search} room={roomOf(card.width, columns)} parts={parts} />
        </li>
      ))}
    </ul>
  )
}
