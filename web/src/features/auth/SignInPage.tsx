// Signing in, and back to the page that asked for it.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { setupQuery } from '../../api/session'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import classes from './Auth.module.css'
import { AuthShell } from './AuthShell'
import { useSignIn } from './api'
import { safeReturn } from './model'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { return_to } = route.useSearch()
  const router = useRouter()
  const setup = useQuery(setupQuery)
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  if (setup.data && !setup.data.is_set_up) return <Navigate to="/setup" replace />

  function submit(event: FormEvent) {
    event.preventDefault()
    signIn.mutate({ email, password }, { onSuccess: () => router.history.push(safeReturn(return_to)) })
  }

  return (
    <AuthShell title="Sign in">
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          error={fieldError(signIn.error, 'email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          error={fieldError(signIn.error, 'password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormFailure error={signIn.error} fields={['email', 'password']} />
        <Button type="submit" size="sm" loading={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </AuthShell>
  )
}
