// The fields of the settings, in cards: signals with their thresholds, sampling, masking, and consent.
import { SegmentedControl, Switch, TextInput } from '@mantine/core'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { fieldError } from '../../ui/FormFailure'
import { NumberField } from '../../ui/form/NumberField'
import classes from './Sdk.module.css'
import { CONSENTS, MASKS, type Settings, SHARES, SIGNALS, type SignalName, THRESHOLDS } from './settings'

export type Props = {
  draft: Settings
  error: Error | null
  isDisabled: boolean
  onChange: (settings: Settings) => void
}

export function SignalsCard({ draft, error, isDisabled, onChange }: Props) {
  return (
    <Card
      title="Signals"
      help="What the tracker reports. An attribute on the script tag of a page overrides the setting here."
      flush
    >
      <ul className={classes.signals}>
        {SIGNALS.map(({ name, label, help }) => (
          <li key={name} className={classes.signal}>
            <div>
              <b>{label}</b>
              <span>{help}</span>
            </div>
            <Switch
              size="sm"
              aria-label={label}
              checked={draft.signals[name]}
              disabled={isDisabled}
              onChange={(event) =>
                onChange({ ...draft, signals: { ...draft.signals, [name]: event.currentTarget.checked } })
              }
            />
            <Thresholds signal={name} draft={draft} error={error} isDisabled={isDisabled} onChange={onChange} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Thresholds({ signal, draft, error, isDisabled, onChange }: Props & { signal: SignalName }) {
  const fields = THRESHOLDS.filter(({ of }) => of === signal)
  const isOff = !draft.signals[signal]
  if (fields.length === 0) return null
  return (
    <div className={classes.limits}>
      {fields.map((field) => (
        <LimitInput
          key={field.name}
          field={field}
          isDisabled={isDisabled || isOff}
          value={draft.thresholds[field.name]}
          error={fieldError(error, `thresholds.${field.name}`)}
          onChange={(value) => onChange({ ...draft, thresholds: { ...draft.thresholds, [field.name]: value } })}
        />
      ))}
    </div>
  )
}

type Limit = { label: string; unit: string; least: number; most: number; usual: number }
type LimitProps = {
  field: Limit
  value: number
  error: string | undefined
  isDisabled: boolean
  onChange: (value: number) => void
}

/** A whole number within limits, which are shown. */
export function LimitInput({
  field: { label, unit, least, most, usual },
  value,
  error,
  isDisabled,
  onChange,
}: LimitProps) {
  return (
    <NumberField
      size="xs"
      label={label}
      description={`${exactNumber(least)} to ${exactNumber(most)}, default ${exactNumber(usual)}`}
      suffix={` ${unit}`}
      min={least}
      max={most}
      clampBehavior="blur"
      disabled={isDisabled}
      value={value}
      error={error}
      onChange={onChange}
    />
  )
}

export function SamplingCard({ draft, error, isDisabled, onChange }: Props) {
  return (
    <Card title="Sampling" help="Chosen at random once per session, so that sessions stay complete.">
      <div className={classes.fields}>
        {SHARES.map(({ name, label, help }) => (
          <NumberField
            key={name}
            size="xs"
            label={label}
            description={help}
            suffix=" %"
            min={0}
            max={100}
            clampBehavior="blur"
            decimalScale={2}
            disabled={isDisabled}
            value={Number((draft.sampling[name] * 100).toFixed(2))}
            error={fieldError(error, `sampling.${name}`)}
            onChange={(value) =>
              onChange({ ...draft, sampling: { ...draft.sampling, [name]: Math.round(value * 100) / 10_000 } })
            }
          />
        ))}
      </div>
    </Card>
  )
}

export function MaskingCard({ draft, error, isDisabled, onChange }: Props) {
  return (
    <Card title="Masking" help="CSS selectors. Values of form fields are never sent.">
      <div className={classes.fields}>
        {MASKS.map(({ name, label, help, example }) => (
          <TextInput
            key={name}
            size="xs"
            label={label}
            description={help}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={example}
            spellCheck={false}
            maxLength={2_000}
            disabled={isDisabled}
            value={draft.masking[name]}
            error={fieldError(error, `masking.${name}`)}
            onChange={(event) =>
              onChange({ ...draft, masking: { ...draft.masking, [name]: event.currentTarget.value } })
            }
          />
        ))}
      </div>
    </Card>
  )
}

export function ConsentCard({ draft, isDisabled, onChange }: Props) {
  return (
    <Card title="Consent" help="Applies until the visitor decides. The page then reports the decision to the tracker.">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Consent until the visitor decides"
        data={CONSENTS.map(({ value, label }) => ({ value, label }))}
        value={draft.consent}
        disabled={isDisabled}
        onChange={(value) => {
          const consent = CONSENTS.find((known) => known.value === value)?.value
          if (consent) onChange({ ...draft, consent })
        }}
      />
      <p className={classes.help}>{CONSENTS.find(({ value }) => value === draft.consent)?.help}</p>
    </Card>
  )
}
