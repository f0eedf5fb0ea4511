// A board that is edited as a whole: its name, who sees it, and its cards, which are arranged, added and removed.
import { useQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useRole } from '../../api/useRole'
import { analysisOf } from '../../lib/analysis'
import { LeaveGuard } from '../../ui/form/LeaveGuard'
import { useVersionedDraft, type Versioned } from '../../ui/form/versionedDraft'
import { lazily } from '../../ui/lazily'
import { useAsPageName } from '../../ui/pageName'
import { toastDone, toastUndo } from '../../ui/toast'
import { type Board, type BoardCard, type NewBoard, readBoard, replaceBoard, useStoreBoard } from './api'
import classes from './Boards.module.css'
import { areaOf, type BoardParts, piecesQuery } from './catalogue'
import { EditedCard } from './EditedCard'
import { EditorHead } from './EditorHead'
import { roomOf, spanOf } from './layout'
import { contentOf, MAX_CARDS, moved, restored, withCard, withChange, writeSearch } from './model'
import { useBoardColumns } from './useBoardColumns'
import { useCardDrag } from './useCardDrag'
import { useLift } from './useLift'

const Gallery = lazily(() => import('./Gallery').then((gallery) => gallery.Gallery))

const route = getRouteApi('/p/$projectId/analysis/boards/$boardId')

const versioned = (board: Board): Versioned<NewBoard> => ({ version: board.version, value: contentOf(board) })

export function Editor({ board, parts }: { board: Board; parts: BoardParts }) {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { me } = useRole(projectId)
  const store = useStoreBoard(projectId)
  const analysis = useMemo(() => analysisOf(search), [search])
  const [isChoosing, setChoosing] = useState(false)
  const form = useVersionedDraft<NewBoard>({
    saved: versioned(board),
    save: async ({ version, value }) => {
      const saved = await replaceBoard(projectId, board.id, { version, board: { ...value, name: value.name.trim() } })
      store(saved)
      return versioned(saved)
    },
    reload: async () => {
      const theirs = await readBoard(projectId, board.id)
      store(theirs)
      return versioned(theirs)
    },
    onSaved: () => toastDone('Board saved'),
  })
  const { name, cards } = form.draft
  useAsPageName(name.trim() || board.name)
  const onCards = useCallback(
    (change: (cards: BoardCard[]) => BoardCard[]) => form.change((draft) => ({ ...draft, cards: change(draft.cards) })),
    [form.change],
  )
  const nameOf = usePieceNames(cards, parts)
  const columns = useBoardColumns()
  const list = useRef<HTMLUListElement>(null)
  const removedAt = useRef<number | null>(null)
  const offers = useRef<(() => void)[]>([])
  const { drag, press } = useCardDrag(list, (from, to) => onCards((old) => moved(old, from, to)))
  const lift = useLift(cards, columns, (next) => onCards(() => next), nameOf)
  const leave = (ignoreBlocker: boolean) => void navigate({ search: analysis, resetScroll: false, ignoreBlocker })

  async function save() {
    if (form.isChanged && !(await form.submit())) return
    leave(true)
  }

  function remove(card: BoardCard, at: number) {
    removedAt.current = at
    onCards((old) => old.filter(({ id }) => id !== card.id))
    offers.current.push(toastUndo(`${nameOf(card)} removed`, () => onCards((old) => restored(old, card, at))))
  }
  // The focus goes to the card that has taken its place.
  useEffect(() => {
    if (removedAt.current === null) return
    const next = list.current?.children[Math.min(removedAt.current, cards.length - 1)]
    next?.querySelector<HTMLElement>('[data-handle]')?.focus()
    removedAt.current = null
  }, [cards.length])
  // When editing has ended there is nothing left that a removal could be undone in.
  useEffect(() => {
    const open = offers.current
    return () => open.forEach((withdraw) => withdraw())
  }, [])

  return (
    <div className={classes.page}>
      <LeaveGuard isChanged={form.isChanged} of="to this board" isLeaving={endsEditing} />
      <EditorHead
        form={form}
        isAuthor={board.author.id === me?.member.id}
        isFull={cards.length >= MAX_CARDS}
        onAdd={() => setChoosing(true)}
        onCancel={() => leave(false)}
        onSave={() => void save()}
      />
      <p className={classes.announced} role="status" aria-live="assertive">
        {lift.announced}
      </p>
      <ul ref={list} className={classes.grid} data-columns={columns} data-edited aria-label="Cards">
        {cards.map((card, index) => (
          <li
            key={card.id}
            data-span={spanOf(card.width, columns)}
            data-lifted={lift.liftedId === card.id || undefined}
            data-dragged={drag?.from === index || undefined}
            data-gap={gapSide(drag?.gap, index, cards.length)}
          >
            <EditedCard
              projectId={projectId}
              card={card}
              name={nameOf(card)}
              ownName={nameOf({ ...card, title: null })}
              search={analysis}
              room={roomOf(card.width, columns)}
              parts={parts}
              isLifted={lift.liftedId === card.id}
              onPress={press(index)}
              onKeyDown={(event) => lift.onKeyDown(event, card)}
              onBlur={() => lift.onBlur(card)}
              onChange={(change) => onCards((old) => withChange(old, card.id, change))}
              onRemove={() => remove(card, index)}
            />
          </li>
        ))}
      </ul>
      {cards.length === 0 && <p className={classes.nothing}>The board has no cards. Add some from the gallery.</p>}
      {drag && (
        <div className={classes.ghost} style={{ left: drag.x, top: drag.y }} aria-hidden>
          {nameOf(cards[drag.from])}
        </div>
      )}
      {isChoosing && (
        <Gallery
          projectId={projectId}
          parts={parts}
          cards={cards}
          onAdd={({ id, at = {}, width }) =>
            onCards((old) => withCard(old, { piece: id, title: null, search: writeSearch(at), width }))
          }
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}

/** Another period or filter of the same board does not. */
const endsEditing = (from: { pathname: string }, to: { pathname: string; search: { edit?: unknown } }) =>
  from.pathname !== to.pathname || !to.search.edit

/** On which side of a card the line stands that shows where another goes. */
function gapSide(gap: number | undefined, index: number, count: number): 'before' | 'after' | undefined {
  if (gap === index) return 'before'
  return gap === count && index === count - 1 ? 'after' : undefined
}

/** What the cards are called: by their own title, else by their piece's. */
function usePieceNames(cards: readonly BoardCard[], { areas }: BoardParts) {
  const used = areas.filter(({ name }) => cards.some(({ piece }) => piece.startsWith(`${name}.`)))
  const known = useQueries({ queries: used.map((area) => piecesQuery(area)) }).flatMap(({ data }) => data ?? [])
  return (card: BoardCard | undefined): string => {
    if (!card) return ''
    const title = known.find(({ id }) => id === card.piece)?.title
    return card.title ?? title ?? areaOf(areas, card.piece)?.label ?? card.piece
  }
}
