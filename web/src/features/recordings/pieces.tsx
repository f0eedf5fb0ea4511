// The list of recordings as a piece of boards.
import { useNavigate } from '@tanstack/react-router'
import type { Piece, PieceProps } from '../../ui/tile'
import { RecordingList } from './RecordingList'
import { parseRecordingsSearch } from './search'

function ListPiece({ projectId, search, onShow }: PieceProps) {
  const navigate = useNavigate()
  const filter = parseRecordingsSearch(search)
  return (
    <RecordingList
      projectId={projectId}
      filter={filter}
      onFilter={(more) => onShow({ ...filter, ...more })}
      onShowAll={() => onShow({})}
      onOpen={(recordingId) =>
        void navigate({ to: '/p/$projectId/recordings/$recordingId', params: { projectId, recordingId } })
      }
    />
  )
}

export const PIECES: Piece[] = [
  { id: 'recordings.list', title: 'Recordings', kind: 'table', width: 4, component: ListPiece },
]
