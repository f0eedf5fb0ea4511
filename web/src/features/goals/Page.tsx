// Goals: what the project's owner wants visitors to do.
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus, IconTarget, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { defaultCurrencyQuery, type Goal, goalsQuery, useDeleteGoal } from '../../api/goals'
import { useRole } from '../../api/useRole'
import { goalSentence } from '../../lib/goals'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import { GoalForm } from './GoalForm'
import classes from './Goals.module.css'
import { MAX_GOALS } from './model'

const route = getRouteApi('/p/$projectId/settings/goals')

type Dialog = { kind: 'create' } | { kind: 'edit' | 'delete'; goal: Goal }

export function GoalsPage() {
  const { projectId } = route.useParams()
  const { may } = useRole(projectId)
  const goals = useQuery(goalsQuery(projectId))
  const currency =
    useQuery(defaultCurrencyQuery(projectId)).data ?? goals.data?.find(({ value }) => value)?.value?.currency ?? ''
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const mayChange = may('analyst')
  const close = () => setDialog(null)
  const create = mayChange && (
    <Button
      leftSection={<IconPlus size={14} />}
      disabled={(goals.data?.length ?? 0) >= MAX_GOALS}
      onClick={() => setDialog({ kind: 'create' })}
    >
      Create goal
    </Button>
  )
  return (
    <div className={classes.page}>
      <Card
        title="Goals"
        help={`What you want visitors to do. The Overview counts how often they do it, also before the goal was made. A project has ${MAX_GOALS} goals at most.`}
        flush
        actions={create}
      >
        <Result what="The goals" question={goals} skeleton={<RowsSkeleton rows={3} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon={IconTarget} title="No goals yet" action={create}>
                A goal is something you want visitors to do: see a thank-you page, press a button, place an order. The
                Overview then shows how often and in which share of sessions they do it.
              </Empty>
            ) : (
              <ul className={classes.list}>
                {list.map((goal) => (
                  <GoalRow
                    key={goal.id}
                    goal={goal}
                    {...(mayChange ? { onDialog: (kind) => setDialog({ kind, goal }) } : {})}
                  />
                ))}
              </ul>
            )
          }
        </Result>
      </Card>
      {dialog?.kind === 'create' && <GoalForm projectId={projectId} currency={currency} onClose={close} />}
      {dialog?.kind === 'edit' && (
        <GoalForm projectId={projectId} goal={dialog.goal} currency={currency} onClose={close} />
      )}
      {dialog?.kind === 'delete' && <DeleteGoal projectId={projectId} goal={dialog.goal} onClose={close} />}
    </div>
  )
}

function GoalRow({ goal, onDialog }: { goal: Goal; onDialog?: (kind: 'edit' | 'delete') => void }) {
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <b>{goal.name}</b>
        <span title={goal.target}>{goalSentence(goal)}</span>
      </div>
      <span className={classes.worth}>
        {goal.value
          ? `${goal.value.text} each`
          : goal.kind === 'order' || goal.kind === 'booking'
            ? 'What was paid'
            : 'No value'}
      </span>
      {onDialog && (
        <div className={classes.actions}>
          <Tooltip label="Edit">
            <ActionIcon aria-label={`Edit ${goal.name}`} onClick={() => onDialog('edit')}>
              <IconPencil size={15} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Delete">
            <ActionIcon aria-label={`Delete ${goal.name}`} onClick={() => onDialog('delete')}>
              <IconTrash size={15} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </li>
  )
}

function DeleteGoal({ projectId, goal, onClose }: { projectId: string; goal: Goal; onClose: () => void }) {
  const remove = useDeleteGoal(projectId)
  const confirm = () => remove.mutate(goal.id, { onSuccess: () => (toastDone('Goal deleted'), onClose()) })
  return (
    <ConfirmDialog
      title={`Delete ${goal.name}?`}
      action="Delete goal"
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        The goal disappears for everybody in this project. No events are deleted: a new goal of the same kind shows the
        same figures.
      </p>
    </ConfirmDialog>
  )
}
