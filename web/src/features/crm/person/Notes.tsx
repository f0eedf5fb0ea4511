// Notes on a person: read by the team, written and changed by their authors.
import { ActionIcon, Button, Group, Textarea } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useMembers } from '../../../api/members'
import { uniqueRows } from '../../../api/question'
import { meQuery } from '../../../api/session'
import { ConfirmDialog } from '../../../ui/ConfirmDialog'
import { Result } from '../../../ui/Result'
import { PanelSection } from '../../../ui/SidePanel'
import { RowsSkeleton } from '../../../ui/States'
import { When } from '../../../ui/When'
import { type PersonMoment, personTimelineQuery, useNotes } from './api'
import classes from './Person.module.css'

const NOTES = ['note'] as const
const MAX_CHARACTERS = 4_000

export function Notes({ projectId, personId }: { projectId: string; personId: string }) {
  const notes = useInfiniteQuery(personTimelineQuery(projectId, personId, NOTES))
  const change = useNotes(projectId, personId)
  const [draft, setDraft] = useState('')
  const rows = uniqueRows(notes.data?.pages.map((page) => page.moments) ?? [], ({ id }) => id)

  function submit(event: FormEvent) {
    event.preventDefault()
    const text = draft.trim()
    if (text) change.mutate({ kind: 'add', text }, { onSuccess: () => setDraft('') })
  }

  return (
    <PanelSection title="Notes">
      <form onSubmit={submit} className={classes.noteForm}>
        <Textarea
          aria-label="New note"
          placeholder="What the team should know"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={MAX_CHARACTERS}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        {draft.trim() !== '' && (
          <Button type="submit" size="compact-sm" loading={change.isPending}>
            Add note
          </Button>
        )}
      </form>
      <Result what="The notes" question={notes} skeleton={<RowsSkeleton rows={2} />}>
        {() =>
          rows.length === 0 ? (
            <p className={classes.muted}>
              No notes yet. They are part of an export of the person’s data, and erased with it.
            </p>
          ) : (
            <>
              <ul className={classes.notes}>
                {rows.map((note) => (
                  <NoteItem key={note.id} projectId={projectId} personId={personId} note={note} />
                ))}
              </ul>
              {notes.hasNextPage && (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  loading={notes.isFetchingNextPage}
                  onClick={() => void notes.fetchNextPage()}
                >
                  Show earlier
                </Button>
              )}
            </>
          )
        }
      </Result>
    </PanelSection>
  )
}

function NoteItem({ projectId, personId, note }: { projectId: string; personId: string; note: PersonMoment }) {
  const { nameOf } = useMembers(projectId)
  const { data: me } = useQuery(meQuery)
  const change = useNotes(projectId, personId)
  const [draft, setDraft] = useState<string | null>(null)
  const [isDeleting, setDeleting] = useState(false)
  const { text = '', edited_at: editedAt } = note.details as { text?: string; edited_at?: string | null }
  const isMine = note.member_id != null && note.member_id === me?.member.id
  if (draft !== null) {
    return (
      <li>
        <Textarea
          aria-label="Note"
          autosize
          minRows={2}
          maxRows={12}
          maxLength={MAX_CHARACTERS}
          autoFocus
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <Group gap="xs" mt={6}>
          <Button
            size="compact-sm"
            loading={change.isPending}
            disabled={draft.trim() === ''}
            onClick={() =>
              change.mutate({ kind: 'edit', id: note.id, text: draft.trim() }, { onSuccess: () => setDraft(null) })
            }
          >
            Save
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDraft(null)}>
            Cancel
          </Button>
        </Group>
      </li>
    )
  }
  return (
    <li>
      <p className={classes.noteText}>{text}</p>
      <span className={classes.noteLine}>
        {note.member_id ? nameOf(note.member_id) : 'Unknown'}, <When at={note.at} />
        {editedAt && ', edited'}
        {isMine && (
          <span className={classes.noteActions}>
            <ActionIcon size="sm" aria-label="Edit note" title="Edit" onClick={() => setDraft(text)}>
              <IconPencil size={13} />
            </ActionIcon>
            <ActionIcon size="sm" aria-label="Delete note" title="Delete" onClick={() => setDeleting(true)}>
              <IconTrash size={13} />
            </ActionIcon>
          </span>
        )}
      </span>
      {isDeleting && (
        <ConfirmDialog
          title="Delete this note?"
          action="Delete note"
          isPending={change.isPending}
          error={change.error}
          onClose={() => setDeleting(false)}
          onConfirm={() => change.mutate({ kind: 'delete', id: note.id }, { onSuccess: () => setDeleting(false) })}
        >
          <p>The note is deleted for everyone. You cannot undo this.</p>
        </ConfirmDialog>
      )}
    </li>
  )
}
