// What can be done with a question: save it, schedule it, save it as another, share its link, delete it.
import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconCheck,
  IconClock,
  IconCopyPlus,
  IconDotsVertical,
  IconLink,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { copyText } from '../../lib/clipboard'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { toastDone } from '../../ui/toast'
import { useDeleteQuestion } from './api'
import { type Owner, writeDraft } from './history'
import type { SavedQuestion, SqlSearch } from './model'
import { type Edited, hasChanged, mayChange } from './question'
import { SaveDialog } from './SaveDialog'
import { ScheduleDialog } from './ScheduleDialog'
import classes from './Sql.module.css'

type Props = { owner: Owner; saved: SavedQuestion | undefined; edited: Edited; search: SqlSearch }

export function QuestionHead({ owner, saved, edited, search }: Props) {
  const { projectId, memberId } = owner
  const { role } = useRole(projectId)
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'save' | 'copy' | 'schedule' | 'delete' | null>(null)
  const close = () => setDialog(null)
  const open = (id: string | undefined) =>
    void navigate({ to: '/p/$projectId/sql', params: { projectId }, search: id === undefined ? {} : { q: id } })
  const isChanged = hasChanged(saved, edited)
  const isOwn = saved === undefined || mayChange(saved, memberId, role)

  function onSaved({ id }: SavedQuestion) {
    close()
    writeDraft(owner, search.q, undefined)
    toastDone('Question saved')
    open(id)
  }

  async function share() {
    if (!saved) return
    const isCopied = await copyText(`${location.origin}/p/${projectId}/sql?q=${saved.id}`)
    if (isCopied)
      toastDone(
        saved.visibility === 'project'
          ? 'Link copied. Analysts of this project can open it.'
          : 'Link copied. Only you can open it: the question is not shared.',
      )
  }

  return (
    <>
      {saved && isChanged && <span className={classes.badge}>Edited</span>}
      {saved && !isChanged && (
        <span className={classes.badge}>{saved.visibility === 'project' ? 'Shared' : 'Only you'}</span>
      )}
      {saved && isOwn && (
        <Button variant="default" leftSection={<IconClock size={14} />} onClick={() => setDialog('schedule')}>
          Schedule
        </Button>
      )}
      <Button
        variant="default"
        disabled={edited.statement.trim() === '' || (saved !== undefined && isOwn && !isChanged)}
        onClick={() => setDialog(isOwn ? 'save' : 'copy')}
      >
        {saved && !isOwn ? 'Save as new' : 'Save'}
      </Button>
      {saved && (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${saved.name}`}>
              <IconDotsVertical size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconLink size={14} />} onClick={() => void share()}>
              Copy link
            </Menu.Item>
            <Menu.Item leftSection={<IconCopyPlus size={14} />} onClick={() => setDialog('copy')}>
              Save as new
            </Menu.Item>
            {isOwn && (
              <Menu.Item leftSection={<IconCheck size={14} />} onClick={() => setDialog('save')}>
                Name and sharing
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconPlus size={14} />}
              onClick={() => (writeDraft(owner, undefined, undefined), open(undefined))}
            >
              New statement
            </Menu.Item>
            {isOwn && (
              <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setDialog('delete')}>
                Delete
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {(dialog === 'save' || dialog === 'copy') && (
        <SaveDialog
          projectId={projectId}
          of={dialog === 'save' ? saved : undefined}
          like={saved}
          isAuthor={dialog === 'copy' || saved === undefined || saved.author.id === memberId}
          edited={edited}
          onSaved={onSaved}
          onClose={close}
        />
      )}
      {saved && dialog === 'schedule' && (
        <ScheduleDialog projectId={projectId} saved={saved} isEdited={isChanged} onClose={close} />
      )}
      {saved && dialog === 'delete' && (
        <DeleteQuestion
          projectId={projectId}
          question={saved}
          onDeleted={() => (close(), open(undefined))}
          onClose={close}
        />
      )}
    </>
  )
}

function DeleteQuestion({
  projectId,
  question,
  onDeleted,
  onClose,
}: {
  projectId: string
  question: SavedQuestion
  onDeleted: () => void
  onClose: () => void
}) {
  const remove = useDeleteQuestion(projectId)
  const confirm = () =>
    remove.mutate(question.id, {
      onSuccess: () => {
        toastDone('Question deleted')
        onDeleted()
      },
    })
  return (
    <ConfirmDialog
      title="Delete this question?"
      action="Delete question"
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        “{question.name}”, its statement and its past answers are removed
        {question.visibility === 'project' ? ' for everybody in this project' : ''}.
      </p>
    </ConfirmDialog>
  )
}
