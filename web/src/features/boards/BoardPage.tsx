// A board: the figures, charts and tables that somebody has put together, read or edited.
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconLayoutDashboard, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useContext, useState } from 'react'
import { useRole } from '../../api/useRole'
import { analysisOf } from '../../lib/analysis'
import { lazily } from '../../ui/lazily'
import { useAsPageName } from '../../ui/pageName'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { SharedContext } from '../../ui/shared'
import { toastDone, toastFailed } from '../../ui/toast'
import { When } from '../../ui/When'
import { type Board, boardQuery, useCreateBoard, useDeleteBoard } from './api'
import { BoardGrid } from './BoardGrid'
import classes from './Boards.module.css'
import type { BoardParts } from './catalogue'
import { copyOf, mayChange } from './model'

const Editor = lazily(() => import('./Editor').then((editor) => editor.Editor))
const ConfirmDialog = lazily(() => import('../../ui/ConfirmDialog').then((dialog) => dialog.ConfirmDialog))

/** Between two looks at a board that is shared by a link. */
const REFRESH_MS = 60_000

const route = getRouteApi('/p/$projectId/analysis/boards/$boardId')

export function BoardPage({ parts }: { parts: BoardParts }) {
  const { projectId, boardId } = route.useParams()
  const { edit } = route.useSearch()
  const isShared = useContext(SharedContext)
  // A board on a wall follows those who change it.
  const board = useQuery({ ...boardQuery(projectId, boardId), refetchInterval: isShared ? REFRESH_MS : false })
  const { me, role } = useRole(projectId)
  return (
    <Result isFramed what="The board" question={board} skeleton={<BoardSkeleton />}>
      {(data) =>
        edit && mayChange(data, me?.member.id, role) ? (
          <Editor key={data.id} board={data} parts={parts} />
        ) : (
          <Reading key={data.id} board={data} parts={parts} />
        )
      }
    </Result>
  )
}

function Reading({ board, parts }: { board: Board; parts: BoardParts }) {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { me, role } = useRole(projectId)
  const isShared = useContext(SharedContext)
  const canChange = mayChange(board, me?.member.id, role)
  useAsPageName(board.name)
  const edit = () => void navigate({ search: { ...search, edit: true }, resetScroll: false })
  return (
    <div className={classes.page}>
      {!isShared && (
        <header className={classes.head}>
          <p className={classes.about}>
            {board.visibility === 'own' ? 'Only you see it' : `By ${board.author.name ?? 'a former member'}`} · changed{' '}
            <When at={board.updated_at} />
          </p>
          <div className={classes.tools}>
            {board.visibility === 'project' && <parts.Share projectId={projectId} board={board} search={search} />}
            {canChange && (
              <Button variant="default" leftSection={<IconPencil size={14} />} onClick={edit}>
                Edit
              </Button>
            )}
            <BoardMenu projectId={projectId} board={board} canChange={canChange} />
          </div>
        </header>
      )}
      {board.cards.length === 0 ? (
        <div className={classes.framed}>
          <Empty
            icon={IconLayoutDashboard}
            title="No cards yet"
            action={canChange && <Button onClick={edit}>Add cards</Button>}
          >
            Put figures, charts and tables of other pages here: by “Add to board” on their cards, or from the gallery.
          </Empty>
        </div>
      ) : (
        <BoardGrid projectId={projectId} cards={board.cards} search={analysisOf(search)} parts={parts} />
      )}
    </div>
  )
}

function BoardMenu({ projectId, board, canChange }: { projectId: string; board: Board; canChange: boolean }) {
  const { may } = useRole(projectId)
  const navigate = route.useNavigate()
  const create = useCreateBoard(projectId)
  const remove = useDeleteBoard(projectId)
  const [isDeleting, setDeleting] = useState(false)
  const duplicate = () =>
    create.mutate(copyOf(board), {
      onSuccess: ({ id }) => {
        toastDone('Board duplicated; only you see the copy')
        void navigate({ to: '/p/$projectId/boards/$boardId', params: { projectId, boardId: id } })
      },
      onError: (error) => toastFailed('The board could not be duplicated', error),
    })
  const confirm = () =>
    remove.mutate(board.id, {
      onSuccess: () => {
        toastDone(`Board ${board.name} deleted`)
        void navigate({ to: '/p/$projectId/boards', params: { projectId } })
      },
    })
  if (!may('analyst')) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" variant="default" aria-label={`Actions for ${board.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={duplicate}>
            Duplicate
          </Menu.Item>
          {canChange && (
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setDeleting(true)}>
              Delete board
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete ${board.name}?`}
          action="Delete board"
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={confirm}
          onClose={() => setDeleting(false)}
        >
          <p>
            {board.visibility === 'project'
              ? 'The board disappears for everybody in this project, and share links to it stop working. '
              : 'The board disappears. '}
            No data is deleted: its cards stay on their pages.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

function BoardSkeleton() {
  return (
    <div className={classes.page}>
      <div className={classes.grid} data-columns={2}>
        {[1, 2, 3, 4].map((key) => (
          <CardSkeleton key={key} height={180} />
        ))}
      </div>
    </div>
  )
}
