// What opens at a card of a page: the boards that it can be put on, and whether it keeps the page's period there.
import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconLayoutDashboard, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { plural } from '../../lib/format'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import { toastDone, toastFailed, toastUndo } from '../../ui/toast'
import classes from './AddMenu.module.css'
import { addCard, removeCard } from './addCard'
import { type Board, type BoardCard, type BoardSummary, boardsQuery, useDeleteBoard, useStoreBoard } from './api'
import { type PieceArea, piecesQuery } from './catalogue'
import { MAX_CARDS, mayChange, periodLabel, storedSearch, withCard, withPeriod } from './model'
import { NewBoardDialog } from './NewBoardDialog'

type Props = {
  projectId: string
  piece: string
  title: string
  /** Of the card's page. */
  search: Record<string, unknown>
  area: PieceArea | undefined
  onClose: () => void
}

/** Until the piece's own is known. */
const DEFAULT_WIDTH = 2
/** With more boards than these, one looks for theirs by name. */
const LISTED = 8

export function AddMenu({ projectId, piece, title, search, area, onClose }: Props) {
  const { me, role } = useRole(projectId)
  const navigate = useNavigate()
  const boards = useQuery(boardsQuery(projectId))
  const width = useQuery(piecesQuery(area)).data?.find(({ id }) => id === piece)?.width ?? DEFAULT_WIDTH
  const followsBoard = area?.followsBoard ?? false
  const store = useStoreBoard(projectId)
  const remove = useDeleteBoard(projectId)
  const [keepsPeriod, setKeepsPeriod] = useState(false)
  const [isNaming, setNaming] = useState(false)
  const [adding, setAdding] = useState<string | null>(null)
  const card: Omit<BoardCard, 'id'> = {
    piece,
    title: null,
    search: storedSearch(search, { followsBoard, keepsPeriod }),
    width,
  }
  const open = (boardId: string) =>
    void navigate({ to: '/p/$projectId/boards/$boardId', params: { projectId, boardId } })

  // By promises: the menu is closed by the time an undo is chosen.
  async function add({ id, name }: BoardSummary) {
    setAdding(id)
    try {
      const board = await addCard(projectId, id, card)
      store(board)
      onClose()
      const cardId = board.cards.at(-1)?.id ?? ''
      const undo = () =>
        void removeCard(projectId, id, cardId).then(
          (without) => (store(without), toastDone(`${title} is no longer on ${name}`)),
          (error: Error) => toastFailed(`${title} is still on ${name}`, error),
        )
      toastUndo(`${title} added to ${name}`, undo, { label: 'Open', onOpen: () => open(id) })
    } catch (error) {
      setAdding(null)
      toastFailed(`${title} was not added to ${name}`, error as Error)
    }
  }

  function made({ id, name }: Board) {
    onClose()
    const undo = () =>
      void remove.mutateAsync(id).then(
        () => toastDone(`Board ${name} deleted`),
        (error: Error) => toastFailed(`Board ${name} was not deleted`, error),
      )
    toastUndo(`Board ${name} created with ${title}`, undo, { label: 'Open', onOpen: () => open(id) })
  }

  if (isNaming)
    return <NewBoardDialog projectId={projectId} cards={withCard([], card)} onMade={made} onClose={onClose} />
  return (
    <Popover opened onChange={(isOpen) => !isOpen && onClose()} position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <span className={classes.anchor} />
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={`Add ${title} to a board`}>
        <Result what="The boards" question={boards} skeleton={<RowsSkeleton rows={3} />}>
          {(list) => (
            <Boards
              boards={list.boards.filter((board) => mayChange(board, me?.member.id, role))}
              adding={adding}
              onAdd={(board) => void add(board)}
            />
          )}
        </Result>
        {followsBoard && (
          <Checkbox
            className={classes.period ?? ''}
            size="xs"
            label={`Keep this period: ${periodLabel(withPeriod(search))}`}
            description="Else the card follows the period of its board."
            checked={keepsPeriod}
            onChange={(event) => setKeepsPeriod(event.currentTarget.checked)}
          />
        )}
        <Button
          className={classes.create ?? ''}
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setNaming(true)}
        >
          New board…
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

type BoardsProps = { boards: BoardSummary[]; adding: string | null; onAdd: (board: BoardSummary) => void }

function Boards({ boards, adding, onAdd }: BoardsProps) {
  const [text, setText] = useState('')
  if (boards.length === 0)
    return (
      <p className={classes.none}>
        A board shows cards of several pages together. There is none yet that you may change.
      </p>
    )
  const found = boards.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  return (
    <>
      {boards.length > LISTED && (
        <TextInput
          className={classes.search ?? ''}
          size="xs"
          aria-label="Search boards"
          placeholder="Search boards"
          leftSection={<IconSearch size={13} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {found.length === 0 && <p className={classes.none}>No board has this name.</p>}
      <ul className={classes.list} aria-label="Boards">
        {found.map((board) => (
          <li key={board.id}>
            <button
              type="button"
              className={classes.board}
              disabled={board.card_count >= MAX_CARDS || adding !== null}
              aria-busy={adding === board.id}
              onClick={() => onAdd(board)}
            >
              <IconLayoutDashboard size={15} stroke={1.6} aria-hidden />
              <span>{board.name}</span>
              <small>{board.card_count >= MAX_CARDS ? 'Full' : plural(board.card_count, 'card')}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
