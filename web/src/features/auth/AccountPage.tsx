// The signed-in member's own account: name, password, and where they are signed in.
import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { meQuery } from '../../api/session'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import classes from './Account.module.css'
import { useRename, useSignOutEverywhere } from './api'
import { PasswordForm } from './PasswordForm'

export function AccountPage() {
  const me = useQuery(meQuery)
  return (
    <div className={classes.page}>
      <Result isFramed what="Your account" question={me} skeleton={<CardSkeleton height={120} />}>
        {({ member }) => (
          <>
            <ProfileForm key={member.name} name={member.name} email={member.email} />
            <PasswordForm name={member.name} email={member.email} />
            <SignIns />
          </>
        )}
      </Result>
    </div>
  )
}

function ProfileForm({ name, email }: { name: string; email: string }) {
  const rename = useRename()
  const [typed, setTyped] = useState(name)

  function submit(event: FormEvent) {
    event.preventDefault()
    // A new name begins a new form, so callbacks of this one must not run.
    void rename.mutateAsync(typed.trim()).then(
      () => toastDone('Your name was changed'),
      () => undefined,
    )
  }

  return (
    <Card title="Profile">
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label="Name"
          autoComplete="name"
          maxLength={100}
          required
          value={typed}
          error={fieldError(rename.error, 'name')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <TextInput
          label="E-mail"
          description="You sign in with it. It cannot be changed."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          readOnly
          value={email}
        />
        <FormFailure error={rename.error} fields={['name']} />
        <Button
          type="submit"
          className={classes.submit}
          disabled={!typed.trim() || typed.trim() === name}
          loading={rename.isPending}
        >
          Save name
        </Button>
      </form>
    </Card>
  )
}

function SignIns() {
  const leave = useSignOutEverywhere()
  const client = useQueryClient()
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)

  function signOut() {
    leave.mutate(undefined, {
      onSuccess: async () => {
        await router.navigate({ to: '/sign-in' })
        client.clear()
      },
    })
  }

  return (
    <Card title="Sign-ins">
      <p className={classes.text}>
        If you lost a device or used someone else’s, sign out in every browser, including this one.
      </p>
      <Button variant="default" onClick={() => setAsking(true)}>
        Sign out everywhere
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          action="Sign out everywhere"
          isPending={leave.isPending}
          error={leave.error}
          onConfirm={signOut}
          onClose={() => setAsking(false)}
        >
          You have to sign in again in every browser. Secret keys keep working.
        </ConfirmDialog>
      )}
    </Card>
  )
}
