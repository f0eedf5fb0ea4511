// The boards of a project: the member's own and those that all see.
import { Button } from '@mantine/core'
import { IconLayoutDashboard, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { analysisOf } from '../../lib/analysis'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { lazily } from '../../ui/lazily'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastFailed } from '../../ui/toast'
import { When } from '../../ui/When'
import { type Board, type BoardSummary, boardsQuery, useCreateBoard } from './api'
import classes from './Boards.module.css'
import { boardOf, STARTERS } from './starters'

const NewBoardDialog = lazily(() => import('./NewBoardDialog').then((dialog) => dialog.NewBoardDialog))

const route = getRouteApi('/p/$projectId/boards')

export function BoardsPage() {
  const { projectId } = route.useParams()
  const search = analysisOf(route.useSearch())
  const navigate = route.useNavigate()
  const { may } = useRole(projectId)
  const boards = useQuery(boardsQuery(projectId))
  const [isNaming, setNaming] = useState(false)
  const mayCreate = may('analyst')
  const open = ({ id }: Pick<Board, 'id'>, edit?: true) =>
    void navigate({
      to: '/p/$projectId/boards/$boardId',
      params: { projectId, boardId: id },
      search: edit ? { ...search, edit } : search,
    })
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setNaming(true)}>
      Create board
    </Button>
  )
  return (
    <div className={classes.page}>
      <Card
        title="Boards"
        help="A board shows figures, charts and tables of several pages together. It is seen by its author, or by everybody in the project."
        flush
        actions={boards.data?.boards.length ? create : undefined}
      >
        <Result what="The boards" question={boards} skeleton={<RowsSkeleton rows={4} />}>
          {(list) =>
            list.boards.length === 0 ? (
              <Empty icon={IconLayoutDashboard} title="No boards yet" action={create}>
                Put the figures, charts and tables that you look at most on one page, arrange them, and share them.
                {mayCreate ? ' Begin with an empty board, or with one of these sets.' : ''}
              </Empty>
            ) : (
              <DataTable
                label="Boards"
                columns={columns(projectId, search)}
                rows={list.boards}
                rowKey={({ id }) => id}
                onOpen={(board) => open(board)}
              />
            )
          }
        </Result>
      </Card>
      {mayCreate && boards.data && boards.data.boards.length === 0 && (
        <Starters projectId={projectId} onMade={(board) => open(board)} />
      )}
      {isNaming && (
        <NewBoardDialog projectId={projectId} onMade={(board) => open(board, true)} onClose={() => setNaming(false)} />
      )}
    </div>
  )
}

function columns(projectId: string, search: ReturnType<typeof analysisOf>): Column<BoardSummary>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      small: 'title',
      cell: ({ id, name }) => (
        <Link
          className={classes.link}
          to="/p/$projectId/boards/$boardId"
          params={{ projectId, boardId: id }}
          search={search}
          onClick={(event) => event.stopPropagation()}
        >
          {name}
        </Link>
      ),
    },
    {
      key: 'cards',
      header: 'Cards',
      align: 'right',
      small: 'figure',
      cell: ({ card_count: count }) => exactNumber(count),
    },
    { key: 'author', header: 'Author', cell: ({ author }) => author.name ?? 'A former member' },
    { key: 'changed', header: 'Changed', cell: ({ updated_at: at }) => <When at={at} /> },
    {
      key: 'visibility',
      header: 'Seen by',
      cell: ({ visibility }) => (visibility === 'own' ? 'You' : 'Everybody in the project'),
    },
  ]
}

function Starters({ projectId, onMade }: { projectId: string; onMade: (board: Board) => void }) {
  const create = useCreateBoard(projectId)
  return (
    <ul className={classes.starters} aria-label="Sets of cards to begin with">
      {STARTERS.map((starter) => (
        <li key={starter.key} className={classes.starter}>
          <h2>{starter.name}</h2>
          <p>{starter.about}</p>
          <div className={classes.sketch} aria-hidden>
            {starter.cards.map(([piece, width]) => (
              <i key={piece} data-width={width} />
            ))}
          </div>
          <Button
            variant="default"
            loading={create.isPending && create.variables?.name === starter.name}
            onClick={() =>
              create.mutate(boardOf(starter), {
                onSuccess: onMade,
                onError: (error) => toastFailed('The board could not be created', error),
              })
            }
          >
            Use {starter.name}
          </Button>
        </li>
      ))}
    </ul>
  )
}
