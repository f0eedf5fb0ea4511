// The task a rule opens: its title, priority, when it is due, and of which kind there is one at a time.
import { Select, Switch, TextInput } from '@mantine/core'
import { OptionalNumberField } from '../../../ui/form/NumberField'
import classes from './Rules.module.css'
import { kindFor, PRIORITIES, type Rule, type TaskRule } from './rules'
import { FIELD_LABELS, PRIORITY_LABELS } from './words'

type Props = {
  rule: Rule
  isDisabled: boolean
  refusal: (name: string) => string | undefined
  change: (part: Partial<Rule>) => void
}

export function TaskFields({ rule, isDisabled, refusal, change }: Props) {
  const { task } = rule
  const set = (part: Partial<TaskRule>) => task && change({ task: { ...task, ...part } })
  return (
    <div className={classes.task}>
      <Switch
        size="sm"
        label="Open a task"
        checked={task !== null}
        disabled={isDisabled}
        onChange={(event) =>
          change({
            task: event.currentTarget.checked
              ? { kind: kindFor(rule.event), title: '', priority: 'normal', due_in_minutes: null }
              : null,
          })
        }
      />
      {task && (
        <div className={classes.fields}>
          <TextInput
            label={FIELD_LABELS['task.title']}
            placeholder="Call back"
            maxLength={200}
            disabled={isDisabled}
            value={task.title}
            error={refusal('task.title')}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Select
            label="Priority"
            data={PRIORITIES.map((value) => ({ value, label: PRIORITY_LABELS[value] }))}
            allowDeselect={false}
            disabled={isDisabled}
            value={task.priority}
            onChange={(value) => set({ priority: PRIORITIES.find((priority) => priority === value) ?? task.priority })}
          />
          <OptionalNumberField
            label={FIELD_LABELS['task.due_in_minutes']}
            description="Minutes after the event. Leave empty for no due date."
            suffix=" min"
            min={0}
            max={527_040}
            disabled={isDisabled}
            value={task.due_in_minutes}
            error={refusal('task.due_in_minutes')}
            onChange={(due_in_minutes) => set({ due_in_minutes })}
          />
          <TextInput
            label={FIELD_LABELS['task.kind']}
            description="A contact has at most one open task of each kind. Lower-case letters, digits and _."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            spellCheck={false}
            maxLength={40}
            disabled={isDisabled}
            value={task.kind}
            error={refusal('task.kind')}
            onChange={(event) => set({ kind: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  )
}
