// What the project is called, and the currency of amounts that name none.
import { TextInput } from '@mantine/core'
import { Card } from '../../ui/Card'
import { fieldError } from '../../ui/FormFailure'
import { LogoField } from './LogoField'
import { currencyOf } from './model'
import classes from './Settings.module.css'
import type { SectionProps } from './section'

export function ProjectSection({ projectId, draft, error, isDisabled, set }: SectionProps & { projectId: string }) {
  return (
    <Card title="Project">
      <div className={classes.fields}>
        <TextInput
          label="Name"
          required
          maxLength={100}
          value={draft.name}
          disabled={isDisabled}
          error={fieldError(error, 'name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label="Default currency"
          description="Three letters, such as TZS. Empty: the server's currency."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={3}
          autoComplete="off"
          spellCheck={false}
          value={draft.default_currency ?? ''}
          disabled={isDisabled}
          error={fieldError(error, 'default_currency')}
          onChange={(event) => set({ default_currency: currencyOf(event.currentTarget.value) })}
        />
      </div>
      <p className={classes.after}>
        Orders, bookings and other amounts that name no currency get the default one when they arrive. Amounts that have
        arrived keep theirs.
      </p>
      <LogoField projectId={projectId} isDisabled={isDisabled} />
    </Card>
  )
}
