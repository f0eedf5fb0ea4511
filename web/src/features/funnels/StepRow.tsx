// One step of the editor: its kind, what it is, and its place among the others.
import { ActionIcon, Select, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AnalysisSearch } from '../../lib/analysis'
import { fieldError } from '../../ui/FormFailure'
import { SuggestedText } from '../../ui/SuggestedText'
import classes from './Funnels.module.css'
import { emptyStep, type Field, KIND_LABELS, KINDS, type Step, typedPath } from './steps'
import { usePageOptions, useValueOptions } from './suggestions'

const OUTCOME_TEXT = { order: 'An order is placed', booking: 'A booking is completed' } as const

type Props = {
  projectId: string
  search: AnalysisSearch
  step: Step
  index: number
  count: number
  canRemove: boolean
  error: Error | null
  onChange: (step: Step) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

export function StepRow({
  projectId,
  search,
  step,
  index,
  count,
  canRemove,
  error,
  onChange,
  onMove,
  onRemove,
}: Props) {
  const name = `step ${index + 1}`
  const pages = usePageOptions(projectId, search)
  const values = useValueOptions(projectId, search, step.kind)
  const errorAt = (field: Field) => fieldError(error, `steps[${index}].${field}`)
  const ofStep =
    fieldError(error, `steps[${index}]`) ??
    fieldError(error, `steps[${index}].outcome`) ??
    fieldError(error, `steps[${index}].label`)
  return (
    <li className={classes.row} data-step={index}>
      <span className={classes.number} aria-hidden>
        {index + 1}
      </span>
      <Select
        className={classes.kind}
        size="xs"
        aria-label={`Kind of ${name}`}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))}
        value={step.kind}
        error={ofStep}
        onChange={(chosen) => {
          const kind = KINDS.find((known) => known === chosen)
          if (kind && kind !== step.kind) onChange(emptyStep(kind))
        }}
      />
      <div className={classes.values} data-two={'path' in step || undefined}>
        {step.kind === 'page' && (
          <SuggestedText
            label={`Page of ${name}`}
            placeholder="/checkout, or /rooms/* for all below it"
            value={step.value}
            options={pages}
            error={errorAt('page')}
            stored={typedPath}
            onChange={(value) => onChange({ ...step, value })}
          />
        )}
        {step.kind === 'event' && (
          <SuggestedText
            label={`Event of ${name}`}
            placeholder="Name of the event, such as search"
            value={step.value}
            options={values}
            error={errorAt('event')}
            onChange={(value) => onChange({ ...step, value })}
          />
        )}
        {step.kind === 'click' && (
          <SuggestedText
            label={`Element of ${name}`}
            placeholder="Selector, such as button#pay"
            value={step.value}
            options={values}
            error={errorAt('click')}
            onChange={(value) => onChange({ ...step, value })}
          />
        )}
        {step.kind === 'stage' && (
          <SuggestedText
            label={`Stage of ${name}`}
            placeholder="Stage that the CRM rules give"
            value={step.value}
            options={values}
            error={errorAt('stage')}
            onChange={(value) => onChange({ ...step, value })}
          />
        )}
        {'path' in step && (
          <SuggestedText
            label={`Only on page, ${name}`}
            placeholder="On any page"
            value={step.path}
            options={pages}
            error={errorAt('path')}
            stored={typedPath}
            onChange={(path) => onChange({ ...step, path })}
          />
        )}
        {(step.kind === 'order' || step.kind === 'booking') && (
          <span className={classes.outcome}>{OUTCOME_TEXT[step.kind]}</span>
        )}
      </div>
      <div className={classes.buttons}>
        <Action label={`Move ${name} up`} action="up" isDisabled={index === 0} onClick={() => onMove(-1)}>
          <IconArrowUp size={15} />
        </Action>
        <Action label={`Move ${name} down`} action="down" isDisabled={index === count - 1} onClick={() => onMove(1)}>
          <IconArrowDown size={15} />
        </Action>
        <Action label={`Remove ${name}`} action="remove" isDisabled={!canRemove} onClick={onRemove}>
          <IconTrash size={15} />
        </Action>
      </div>
    </li>
  )
}

function Action({
  label,
  action,
  isDisabled,
  onClick,
  children,
}: {
  label: string
  action: string
  isDisabled: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} data-action={action} disabled={isDisabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
