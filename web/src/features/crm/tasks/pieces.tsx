// The tasks, and what mentions the member, as pieces of boards.
import { TileResult } from '../../../ui/TileResult'
import type { Piece, PieceProps } from '../../../ui/tile'
import { MentionList } from './MentionList'
import { parseTasksSearch } from './model'
import { TaskList } from './TaskList'
import { useTasks } from './useTasks'

function ListPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { open: _open, task: _task, ...search } = parseTasksSearch(raw)
  const listed = useTasks(projectId, search)
  return (
    <TileResult title="Tasks" what="The tasks" question={listed.query} height={264}>
      {() => (
        <TaskList
          projectId={projectId}
          search={search}
          listed={listed}
          onOpen={(open) => onShow({ ...search, open })}
        />
      )}
    </TileResult>
  )
}

const MENTIONS = { tab: 'mentions' }

export const PIECES: Piece[] = [
  { id: 'tasks.list', title: 'Tasks', kind: 'table', width: 4, component: ListPiece },
  {
    id: 'tasks.mentions',
    title: 'Mentions',
    kind: 'table',
    width: 2,
    at: MENTIONS,
    component: ({ projectId, onShow }) => (
      <MentionList projectId={projectId} onOpen={(open, task) => onShow({ ...MENTIONS, open, task })} />
    ),
  },
]
