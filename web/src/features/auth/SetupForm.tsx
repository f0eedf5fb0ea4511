// The form of the set-up: who you are and what the first project is called.
import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { browserZone } from '../../lib/zone'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { ZoneSelect } from '../../ui/ZoneSelect'
import classes from './Auth.module.css'
import { AuthShell } from './AuthShell'
import { useSetUp } from './api'
import { MIN_PASSWORD } from './model'
import { NewPassword } from './NewPassword'

const EMPTY = { email: '', name: '', password: '', project_name: '' }
type Field = keyof typeof EMPTY

export function SetupForm({ token }: { token: string }) {
  const setUp = useSetUp()
  const navigate = useNavigate()
  const [values, setValues] = useState(EMPTY)
  const [zone, setZone] = useState(browserZone)

  const field = (name: Field) => ({
    value: values[name],
    required: true,
    error: fieldError(setUp.error, name),
    onChange: (event: ChangeEvent<HTMLInputElement>) => setValues({ ...values, [name]: event.currentTarget.value }),
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    setUp.mutate(
      { ...values, time_zone: zone, token },
      {
        onSuccess: (me) => {
          const project = me.projects[0]
          if (project)
            void navigate({ to: '/p/$projectId/settings/api-keys', params: { projectId: project.id }, replace: true })
          else void navigate({ to: '/', replace: true })
        },
      },
    )
  }

  return (
    <AuthShell title="Set up Footfall" intro="You become the owner of this server and of its first project.">
      <form className={classes.form} onSubmit={submit}>
        <TextInput label="Your name" autoComplete="name" autoFocus {...field('name')} />
        <TextInput label="E-mail" type="email" autoComplete="username" {...field('email')} />
        <NewPassword
          label="Password"
          value={values.password}
          known={[values.name, values.email.split('@')[0] ?? '']}
          error={fieldError(setUp.error, 'password')}
          onChange={(password) => setValues({ ...values, password })}
        />
        <TextInput
          label="Project name"
          description="Usually the name of the site or app."
          placeholder="Acme shop"
          {...field('project_name')}
        />
        <ZoneSelect value={zone} onChange={setZone} error={fieldError(setUp.error, 'time_zone')} />
        <FormFailure error={setUp.error} fields={[...Object.keys(EMPTY), 'time_zone']} />
        <Button type="submit" size="sm" loading={setUp.isPending} disabled={values.password.length < MIN_PASSWORD}>
          Create account and project
        </Button>
      </form>
    </AuthShell>
  )
}
