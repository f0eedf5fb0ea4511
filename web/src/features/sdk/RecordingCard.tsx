// Recording settings: which visits are recorded besides the sample, and within which budgets.
import { Switch, TextInput } from '@mantine/core'
import { Card } from '../../ui/Card'
import { fieldError } from '../../ui/FormFailure'
import { LimitInput, type Props } from './Fields'
import classes from './Sdk.module.css'
import { RECORDING_BUDGETS, RECORDING_SWITCHES, type Settings } from './settings'

export function RecordingCard({ draft, error, isDisabled, onChange }: Props) {
  const set = (change: Partial<Settings['recording']>) =>
    onChange({ ...draft, recording: { ...draft.recording, ...change } })
  return (
    <Card
      title="Recording"
      help="Off by default. Only visitors who consented are recorded. All text is masked and media is replaced by boxes."
      flush
    >
      <ul className={classes.signals}>
        {RECORDING_SWITCHES.map(({ name, label, help }) => (
          <li key={name} className={classes.signal}>
            <div>
              <b>{label}</b>
              <span>{help}</span>
            </div>
            <Switch
              size="sm"
              aria-label={label}
              checked={draft.recording[name]}
              disabled={isDisabled}
              onChange={(event) => set({ [name]: event.currentTarget.checked })}
            />
          </li>
        ))}
        <li className={classes.signal}>
          <div className={classes.limits}>
            <TextInput
              size="xs"
              label="Record on these pages"
              description="Paths separated by spaces. * matches any text."
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              placeholder="/checkout /book/*"
              spellCheck={false}
              maxLength={2_000}
              disabled={isDisabled}
              value={draft.recording.record_urls}
              error={fieldError(error, 'recording.record_urls')}
              onChange={(event) => set({ record_urls: event.currentTarget.value })}
            />
            {RECORDING_BUDGETS.map((field) => (
              <LimitInput
                key={field.name}
                field={field}
                isDisabled={isDisabled}
                value={draft.recording[field.name]}
                error={fieldError(error, `recording.${field.name}`)}
                onChange={(value) => set({ [field.name]: value })}
              />
            ))}
          </div>
        </li>
      </ul>
    </Card>
  )
}
