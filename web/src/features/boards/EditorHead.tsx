// Above a board that is edited: its name, who sees it, adding cards, saving, and what to do when somebody else saved first.
import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { OutdatedNotice } from '../../ui/form/OutdatedNotice'
import type { VersionedDraft } from '../../ui/form/versionedDraft'
import type { NewBoard } from './api'
import classes from './Boards.module.css'
import { MAX_CARDS, MAX_NAME } from './model'

type Props = {
  form: VersionedDraft<NewBoard>
  isAuthor: boolean
  isFull: boolean
  onAdd: () => void
  onCancel: () => void
  onSave: () => void
}

export const VISIBILITIES = [
  { value: 'own', label: 'Only you see it' },
  { value: 'project', label: 'Everybody in the project' },
]

export function EditorHead({ form, isAuthor, isFull, onAdd, onCancel, onSave }: Props) {
  const { draft, change, error } = form
  return (
    <div className={classes.editor} role="region" aria-label="Edit the board">
      <TextInput
        className={classes.nameInput ?? ''}
        aria-label="Name of the board"
        maxLength={MAX_NAME}
        required
        value={draft.name}
        error={fieldError(error, 'name')}
        onChange={(event) => {
          const name = event.currentTarget.value
          change((old) => ({ ...old, name }))
        }}
      />
      <Select
        aria-label="Who sees it"
        data={VISIBILITIES}
        allowDeselect={false}
        disabled={!isAuthor}
        value={draft.visibility}
        onChange={(value) => change((old) => ({ ...old, visibility: value === 'project' ? 'project' : 'own' }))}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={isFull}
        title={isFull ? `A board has ${MAX_CARDS} cards at most` : undefined}
        onClick={onAdd}
      >
        Add card
      </Button>
      <div className={classes.tools}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button disabled={draft.name.trim() === '' || form.isOutdated} loading={form.isSaving} onClick={onSave}>
          {form.isChanged ? 'Save' : 'Done'}
        </Button>
      </div>
      {form.isOutdated ? (
        <OutdatedNotice form={form}>Somebody else changed this board while you were editing it.</OutdatedNotice>
      ) : (
        error && (
          <div className={classes.failure}>
            <FormFailure error={error} fields={['name']} />
          </div>
        )
      )}
    </div>
  )
}
