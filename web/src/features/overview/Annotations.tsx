// The notes on the time line below the chart: what happened when, and a way to add more.
import { ActionIcon, Button } from '@mantine/core'
import { IconFlag, IconRocket, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { type Annotation, useDeleteAnnotation } from '../../api/annotations'
import { useRole } from '../../api/useRole'
import { exactTime } from '../../lib/locale'
import { axisLabel } from '../../lib/time'
import { lazily } from '../../ui/lazily'
import { toastDone } from '../../ui/toast'
import classes from './Annotations.module.css'

const AnnotationForm = lazily(() => import('./AnnotationForm').then((form) => form.AnnotationForm))
const ConfirmDialog = lazily(() => import('../../ui/ConfirmDialog').then((dialog) => dialog.ConfirmDialog))

/** Days are named as below the chart. */
const DAY_SECONDS = 86_400

type Props = { projectId: string; annotations: Annotation[] }

export function Annotations({ projectId, annotations }: Props) {
  const { may } = useRole(projectId)
  const [isWriting, setWriting] = useState(false)
  const [doomed, setDoomed] = useState<Annotation | null>(null)
  const mayWrite = may('analyst')
  if (annotations.length === 0 && !mayWrite) return null
  return (
    <div className={classes.notes}>
      {annotations.length > 0 && (
        <ul aria-label="Notes on the time line">
          {[...annotations].reverse().map((note) => (
            <li key={note.id}>
              {note.kind === 'release' ? (
                <IconRocket size={14} aria-label="Release" />
              ) : (
                <IconFlag size={14} aria-label="Note" />
              )}
              <time dateTime={note.at} title={exactTime(note.at)}>
                {axisLabel(note.at, DAY_SECONDS)}
              </time>
              <span title={note.text}>{note.text}</span>
              {mayWrite && (
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  aria-label={`Delete the note ${note.text}`}
                  onClick={() => setDoomed(note)}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconFlag size={14} />}
          onClick={() => setWriting(true)}
        >
          Add note
        </Button>
      )}
      {isWriting && <AnnotationForm projectId={projectId} onClose={() => setWriting(false)} />}
      {doomed && <DeleteNote projectId={projectId} note={doomed} onClose={() => setDoomed(null)} />}
    </div>
  )
}

function DeleteNote({ projectId, note, onClose }: { projectId: string; note: Annotation; onClose: () => void }) {
  const remove = useDeleteAnnotation(projectId)
  const confirm = () => remove.mutate(note.id, { onSuccess: () => (toastDone('Note deleted'), onClose()) })
  return (
    <ConfirmDialog
      title="Delete this note?"
      action="Delete note"
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>“{note.text}” disappears from the charts of everybody in this project.</p>
    </ConfirmDialog>
  )
}
