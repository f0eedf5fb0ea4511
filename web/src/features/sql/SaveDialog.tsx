// The dialog that names a question and says who sees it; when somebody else has changed it meanwhile, it can be saved over theirs.
import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../api/problem'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { savedQuestionQuery, useSave } from './api'
import type { SavedQuestion } from './model'
import { savedOf } from './parameters'
import { type Edited, savedChart } from './question'
import { missingDefaultText, scheduleText } from './schedule'

type Props = {
  projectId: string
  /** The question that is replaced; none: a new one. */
  of: SavedQuestion | undefined
  /** Where name and description begin. */
  like: SavedQuestion | undefined
  /** Only the author of a question changes who sees it. */
  isAuthor: boolean
  edited: Edited
  onSaved: (saved: SavedQuestion) => void
  onClose: () => void
}

const FIELDS = ['name', 'description']

export function SaveDialog({ projectId, of, like, isAuthor, edited, onSaved, onClose }: Props) {
  const save = useSave(projectId)
  const client = useQueryClient()
  const [name, setName] = useState(of ? of.name : like ? `Copy of ${like.name}`.slice(0, 100) : '')
  const [description, setDescription] = useState(like?.description ?? '')
  const [visibility, setVisibility] = useState(of?.visibility ?? 'own')
  // A copy runs by itself only when that is chosen.
  const missing = of?.schedule && missingDefaultText(savedOf(edited.fields))
  const isOutdated = save.error instanceof Problem && save.error.status === 409

  function send(version: number | undefined, schedule = of?.schedule) {
    const chart = savedChart(edited.chart)
    const question = {
      name: name.trim(),
      description: description.trim(),
      visibility,
      statement: edited.statement,
      parameters: savedOf(edited.fields),
      ...(chart ? { chart } : {}),
      ...(schedule ? { schedule } : {}),
    }
    save.mutate(
      { of: of && version !== undefined ? { id: of.id, version } : undefined, question },
      { onSuccess: onSaved },
    )
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim() && !missing && !save.isPending) send(of?.version)
  }

  /** Replaces the version that somebody else has saved meanwhile; their schedule stays, since this dialog does not show it. */
  async function saveOver() {
    if (!of) return
    const theirs = await client.fetchQuery({ ...savedQuestionQuery(projectId, of.id), staleTime: 0 }).catch(() => null)
    if (theirs) send(theirs.version, theirs.schedule)
    else send(of.version)
  }

  return (
    <Modal opened onClose={onClose} title={of ? 'Save question' : 'Save as a new question'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="Orders a day"
            required
            data-autofocus
            maxLength={100}
            value={name}
            error={fieldError(save.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Description"
            placeholder="What it answers, for whom"
            maxLength={300}
            value={description}
            error={fieldError(save.error, 'description')}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Radio.Group
            label="Who sees it"
            value={visibility}
            onChange={(next) => setVisibility(next === 'project' ? 'project' : 'own')}
            {...(isAuthor ? {} : { description: 'Only its author changes this.' })}
          >
            <Stack gap={6} mt={6}>
              <Radio value="own" label="Only you" disabled={!isAuthor} />
              <Radio value="project" label="All analysts and admins of this project" disabled={!isAuthor} />
            </Stack>
          </Radio.Group>
          {edited.fields.length > 0 && <p>The values of the parameters are saved as their defaults.</p>}
          {of?.schedule && missing && (
            <p role="alert">
              This question runs {scheduleText(of.schedule)}. {missing} Enter a value, or remove the schedule first.
            </p>
          )}
          {!isOutdated && <FormFailure error={save.error} fields={FIELDS} />}
          {isOutdated && (
            <div role="alert">
              <p>Somebody else saved this question while you were editing it.</p>
              <Button variant="default" onClick={() => void saveOver()}>
                Save over theirs
              </Button>
            </div>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim() || Boolean(missing) || isOutdated} loading={save.isPending}>
              Save question
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
