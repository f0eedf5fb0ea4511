// Puts a card on a board that is not open, and takes it off again.
import { Problem } from '../../api/problem'
import { type Board, type BoardCard, type NewBoard, readBoard, replaceBoard } from './api'
import { contentOf, withCard } from './model'

/** Somebody who saves the board at the same moment comes first; then it is read again. */
const ATTEMPTS = 3

async function changeCards(
  projectId: string,
  id: string,
  change: (cards: BoardCard[]) => NewBoard['cards'],
): Promise<Board> {
  for (let attempt = 1; ; attempt += 1) {
    const board = await readBoard(projectId, id)
    try {
      const content = { ...contentOf(board), cards: change(board.cards) }
      return await replaceBoard(projectId, id, { version: board.version, board: content })
    } catch (error) {
      const isOutdated = error instanceof Problem && error.status === 409
      if (!isOutdated || attempt === ATTEMPTS) throw error
    }
  }
}

/** The board with the card, which stands last. */
export const addCard = (projectId: string, id: string, card: Omit<BoardCard, 'id'>): Promise<Board> =>
  changeCards(projectId, id, (cards) => withCard(cards, card))

export const removeCard = (projectId: string, id: string, cardId: string): Promise<Board> =>
  changeCards(projectId, id, (cards) => cards.filter((card) => card.id !== cardId))
