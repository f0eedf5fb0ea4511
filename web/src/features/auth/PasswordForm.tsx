// Changes the member's password; the present one proves that it is them.
import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Card } from '../../ui/Card'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import classes from './Account.module.css'
import { useChangePassword } from './api'
import { MIN_PASSWORD } from './model'
import { NewPassword } from './NewPassword'

export function PasswordForm({ name, email }: { name: string; email: string }) {
  const change = useChangePassword()
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    change.mutate(
      { old_password: old, password },
      {
        onSuccess: () => {
          setOld('')
          setPassword('')
          toastDone('Your password was changed; other browsers are signed out')
        },
      },
    )
  }

  return (
    <Card title="Password">
      <form className={classes.form} onSubmit={submit}>
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          value={old}
          error={fieldError(change.error, 'old_password') && 'This is not your current password.'}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <NewPassword
          label="New password"
          value={password}
          known={[name, email.split('@')[0] ?? '']}
          error={fieldError(change.error, 'password')}
          onChange={setPassword}
        />
        <FormFailure error={change.error} fields={['old_password', 'password']} />
        <Button
          type="submit"
          className={classes.submit}
          disabled={!old || password.length < MIN_PASSWORD}
          loading={change.isPending}
        >
          Change password
        </Button>
      </form>
    </Card>
  )
}
