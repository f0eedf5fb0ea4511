// The form of a rule: its event, what it does to the contact, and the tasks it opens and closes.
import {
  Autocomplete,
  Button,
  Checkbox,
  MultiSelect,
  SegmentedControl,
  Select,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { pipelineQuery } from '../contacts/api'
import type { RuleError } from './RuleItem'
import classes from './Rules.module.css'
import { BOOKING_STEPS, COUNTERS, isPattern, REMEMBERED, type Rule, type RuleSet, statusesIn, taskKinds } from './rules'
import { TaskFields } from './TaskFields'
import { BOOKING_LABELS, COUNTER_LABELS, FIELD_LABELS, REMEMBERED_LABELS } from './words'

const route = getRouteApi('/p/$projectId/settings/crm-rules')

const DEALS = [
  { value: 'keep', label: 'Keep' },
  { value: 'set', label: 'Set to the event’s amount' },
  { value: 'clear', label: 'Clear' },
]

type Props = {
  rule: Rule
  set: RuleSet
  error: RuleError | undefined
  isDisabled: boolean
  onChange: (rule: Rule) => void
  onRemove: () => void
  onMove: (step: -1 | 1) => void
  mayMove: (step: -1 | 1) => boolean
}

export function RuleForm({ rule, set, error, isDisabled, onChange, onRemove, onMove, mayMove }: Props) {
  const change = (part: Partial<Rule>) => onChange({ ...rule, ...part })
  const refusal = (name: string) => (error?.name === name ? error.text : undefined)
  return (
    <>
      <div className={classes.fields}>
        <TextInput
          label={FIELD_LABELS.event}
          description="An event’s name. *.viewed covers all names that end in .viewed, booking.* all that start with booking."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="booking.completed"
          spellCheck={false}
          autoFocus={rule.event === '' && !isDisabled}
          maxLength={102}
          disabled={isDisabled}
          value={rule.event}
          error={refusal('event')}
          onChange={(event) => change({ event: event.currentTarget.value.trim() })}
        />
        <Select
          label="Booking step"
          data={[
            { value: 'none', label: 'None' },
            ...BOOKING_STEPS.map((value) => ({ value, label: BOOKING_LABELS[value] })),
          ]}
          allowDeselect={false}
          disabled={isDisabled}
          value={rule.booking ?? 'none'}
          onChange={(value) => change({ booking: BOOKING_STEPS.find((step) => step === value) ?? null })}
        />
      </div>
      <StatusFields rule={rule} set={set} isDisabled={isDisabled} refusal={refusal} change={change} />
      <div className={classes.fields}>
        <Checkbox.Group
          label="Add to"
          value={rule.counts}
          onChange={(values) => change({ counts: COUNTERS.filter((counter) => values.includes(counter)) })}
        >
          <div className={classes.checks}>
            {COUNTERS.map((counter) => (
              <Checkbox key={counter} size="xs" value={counter} label={COUNTER_LABELS[counter]} disabled={isDisabled} />
            ))}
          </div>
        </Checkbox.Group>
        <div>
          <span className={classes.label}>Deal value</span>
          <SegmentedControl
            size="xs"
            aria-label="Deal value"
            data={DEALS}
            disabled={isDisabled}
            value={rule.deal_value ?? 'keep'}
            onChange={(value) => change({ deal_value: value === 'set' || value === 'clear' ? value : null })}
          />
        </div>
      </div>
      <div className={classes.fields}>
        {REMEMBERED.map((field) => (
          <TagsInput
            key={field}
            label={`${REMEMBERED_LABELS[field]}, from`}
            description="Fields of event_data. The first one with a value is used."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            readOnly={isDisabled}
            value={rule.remembers[field]}
            error={refusal('remembers')}
            onChange={(members) => change({ remembers: { ...rule.remembers, [field]: members } })}
          />
        ))}
      </div>
      <TaskFields rule={rule} isDisabled={isDisabled} refusal={refusal} change={change} />
      <div className={classes.fields}>
        <MultiSelect
          label={FIELD_LABELS.closes}
          placeholder={rule.closes.length === 0 ? 'None' : ''}
          data={kindsToClose(rule, set)}
          clearable={!isDisabled}
          readOnly={isDisabled}
          value={rule.closes}
          error={refusal('closes')}
          onChange={(closes) => change({ closes })}
        />
      </div>
      <Switch
        size="sm"
        label="Show in the contact’s timeline"
        checked={rule.activity}
        disabled={isDisabled}
        onChange={(event) => change({ activity: event.currentTarget.checked })}
      />
      {!isDisabled && (
        <div className={classes.foot}>
          {isPattern(rule) && (
            <>
              <Button variant="default" disabled={!mayMove(-1)} onClick={() => onMove(-1)}>
                Move up
              </Button>
              <Button variant="default" disabled={!mayMove(1)} onClick={() => onMove(1)}>
                Move down
              </Button>
            </>
          )}
          <Button variant="subtle" color="red" onClick={onRemove}>
            Remove rule
          </Button>
        </div>
      )}
    </>
  )
}

type Part = {
  rule: Rule
  isDisabled: boolean
  refusal: (name: string) => string | undefined
  change: (part: Partial<Rule>) => void
}

function StatusFields({ rule, set, isDisabled, refusal, change }: Part & { set: RuleSet }) {
  const { projectId } = route.useParams()
  const { data: pipeline } = useQuery(pipelineQuery(projectId))
  const statuses = statusesIn(set, pipeline?.stages.map((stage) => stage.lead_status) ?? [])
  const { status } = rule
  return (
    <div className={classes.fields}>
      <Autocomplete
        label={FIELD_LABELS['status.to']}
        description="Choose a status or type your own. Leave empty to keep it."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={statuses}
        maxLength={60}
        disabled={isDisabled}
        value={status?.to ?? ''}
        error={refusal('status.to')}
        onChange={(to) => change({ status: to === '' ? null : { to, unless: status?.unless ?? [] } })}
      />
      <TagsInput
        label={FIELD_LABELS['status.unless']}
        description="A contact with one of these statuses keeps it."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={statuses.filter((name) => name !== status?.to)}
        readOnly={isDisabled}
        disabled={status === null}
        value={status?.unless ?? []}
        error={refusal('status.unless')}
        onChange={(unless) => status && change({ status: { ...status, unless } })}
      />
    </div>
  )
}

/** Kinds that rules open; one that no rule opens any more stays to be seen and taken out. */
function kindsToClose(rule: Rule, set: RuleSet): { value: string; label: string }[] {
  const known = taskKinds(set)
  const lost = rule.closes.filter((kind) => known.every(({ value }) => value !== kind))
  return [...known, ...lost.map((kind) => ({ value: kind, label: kind }))]
}
