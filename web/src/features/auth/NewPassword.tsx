// The field for a new password, with how hard it is to guess.
import { PasswordInput } from '@mantine/core'
import classes from './Auth.module.css'
import { MIN_PASSWORD, passwordStrength } from './model'

type Props = {
  label: string
  value: string
  /** Words a guess would begin with, such as the name. */
  known: string[]
  error: string | undefined
  onChange: (password: string) => void
}

export function NewPassword({ label, value, known, error, onChange }: Props) {
  const strength = passwordStrength(value, known)
  return (
    <div>
      <PasswordInput
        label={label}
        autoComplete="new-password"
        required
        minLength={MIN_PASSWORD}
        description={strength.hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.strength} data-level={strength.level} aria-hidden>
        <i />
        <i />
        <i />
      </div>
    </div>
  )
}
