// The form of a goal: its name, what visitors do, and what that is worth.
import { Autocomplete, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Goal, stagesQuery, useChangeGoal, useCreateGoal } from '../../api/goals'
import { suggestedPagesQuery } from '../../api/suggestedPages'
import { GOAL_KINDS, type GoalKind, KIND_LABELS, TARGETS } from '../../lib/goals'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { OptionalNumberField } from '../../ui/form/NumberField'
import { toastDone } from '../../ui/toast'
import { changeOf, decimalsOf, draftOf, withKind } from './model'

type Props = { projectId: string; goal?: Goal | undefined; currency: string; onClose: () => void }

const KINDS = GOAL_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))
const FIELDS = ['name', 'kind', 'target', 'value', 'value.amount', 'value.currency']

export function GoalForm({ projectId, goal, currency, onClose }: Props) {
  const create = useCreateGoal(projectId)
  const change = useChangeGoal(projectId)
  const [draft, setDraft] = useState(() => draftOf(goal, currency))
  const suggestions = useTargets(projectId, draft.kind)
  const error = create.error ?? change.error
  const target = TARGETS[draft.kind]
  const body = changeOf(draft)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!body) return
    if (goal)
      change.mutate(
        { id: goal.id, version: goal.version, change: body },
        { onSuccess: () => (toastDone('Goal saved'), onClose()) },
      )
    else create.mutate(body, { onSuccess: () => (toastDone('Goal created'), onClose()) })
  }

  return (
    <Modal opened onClose={onClose} title={goal ? 'Edit goal' : 'Create a goal'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="Asks for a quote"
            required
            data-autofocus
            maxLength={100}
            value={draft.name}
            error={fieldError(error, 'name')}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
          <Select
            label="What visitors do"
            data={KINDS}
            allowDeselect={false}
            value={draft.kind}
            error={fieldError(error, 'kind')}
            onChange={(kind) => kind && setDraft(withKind(draft, kind as GoalKind))}
          />
          {target && (
            <Autocomplete
              label={target.label}
              description={target.help}
              placeholder={target.placeholder}
              required
              autoComplete="off"
              spellCheck={false}
              limit={20}
              data={suggestions}
              value={draft.target}
              error={fieldError(error, 'target')}
              onChange={(text) => setDraft({ ...draft, target: text })}
            />
          )}
          <Group grow align="flex-start" gap="sm">
            <OptionalNumberField
              label="Worth, each time"
              description={target ? 'Leave empty if it has no price.' : 'Leave empty to count what was paid.'}
              decimalScale={decimalsOf(draft.currency)}
              value={draft.amount}
              error={fieldError(error, 'value') ?? fieldError(error, 'value.amount')}
              onChange={(amount) => setDraft({ ...draft, amount })}
            />
            <TextInput
              label="Currency"
              description="Three letters, such as TZS."
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={3}
              value={draft.currency}
              error={fieldError(error, 'value.currency')}
              onChange={(event) => setDraft({ ...draft, currency: event.currentTarget.value })}
            />
          </Group>
          <FormFailure error={error} fields={FIELDS} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!body} loading={create.isPending || change.isPending}>
              {goal ? 'Save goal' : 'Create goal'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What a target of this kind may be. */
function useTargets(projectId: string, kind: GoalKind): string[] {
  const pages = useQuery({ ...suggestedPagesQuery(projectId, {}), enabled: kind === 'page' })
  const stages = useQuery({ ...stagesQuery(projectId), enabled: kind === 'stage' })
  if (kind === 'page') return pages.data?.pages.map(({ path }) => path) ?? []
  return kind === 'stage' ? (stages.data ?? []) : []
}
