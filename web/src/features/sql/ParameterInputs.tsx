// The values of a statement's parameters, a field for each, with its type.
import { NativeSelect, TextInput } from '@mantine/core'
import type { Problem } from '../../api/problem'
import { messageOf } from '../../lib/words'
import { zoneLabel } from '../../lib/zone'
import {
  localText,
  PARAMETER_LABELS,
  PARAMETER_TYPES,
  type ParameterField,
  type ParameterType,
  utcText,
} from './parameters'
import classes from './Sql.module.css'

type Props = {
  fields: readonly ParameterField[]
  problem: Problem | null
  onChange: (field: ParameterField) => void
  onRun: () => void
}

const TYPES = PARAMETER_TYPES.map((value) => ({ value, label: PARAMETER_LABELS[value] }))
const BOOLEANS = [
  { value: '', label: 'Choose' },
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]

export function ParameterInputs({ fields, problem, onChange, onRun }: Props) {
  if (fields.length === 0) return null
  const error = ({ name }: ParameterField) => {
    const field = `parameters.${name}`
    return problem?.field === field ? messageOf(field, problem.detail) : undefined
  }
  return (
    <div className={classes.parameters} role="group" aria-label="Parameters">
      {fields.map((field) => (
        <div key={field.name} className={classes.parameter}>
          <ValueInput
            field={field}
            error={error(field)}
            onChange={(text) => onChange({ ...field, text })}
            onRun={onRun}
          />
          <NativeSelect
            size="xs"
            aria-label={`Type of ${field.name}`}
            data={TYPES}
            value={field.type}
            onChange={(event) =>
              onChange({ name: field.name, type: event.currentTarget.value as ParameterType, text: '' })
            }
          />
        </div>
      ))}
    </div>
  )
}

function ValueInput({
  field: { name, type, text },
  error,
  onChange,
  onRun,
}: {
  field: ParameterField
  error: string | undefined
  onChange: (text: string) => void
  onRun: () => void
}) {
  const label = type === 'timestamp' ? `$${name} (${zoneLabel()})` : `$${name}`
  if (type === 'boolean')
    return (
      <NativeSelect
        size="xs"
        label={label}
        data={BOOLEANS}
        value={text}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  const isTime = type === 'timestamp'
  return (
    <TextInput
      size="xs"
      label={label}
      type={isTime ? 'datetime-local' : 'text'}
      inputMode={type === 'number' ? 'decimal' : undefined}
      maxLength={10_000}
      value={isTime ? localText(text) : text}
      error={error}
      onChange={(event) => onChange(isTime ? utcText(event.currentTarget.value) : event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onRun()
      }}
    />
  )
}
