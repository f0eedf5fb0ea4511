// The page an invitation's link leads to: what it is about, and joining the project as a new member or as the one signed in.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { components } from '../../api/schema.gen'
import { meQuery } from '../../api/session'
import { ROLE_HELP, ROLE_LABELS } from '../../lib/roles'
import { untilText } from '../../lib/time'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { BlockSkeleton } from '../../ui/States'
import classes from './Auth.module.css'
import { AuthShell } from './AuthShell'
import { MIN_PASSWORD } from './model'
import { NewPassword } from './NewPassword'

const route = getRouteApi('/invitations/$token')

type Offer = components['schemas']['InvitationOffer']
type Acceptance = components['schemas']['Acceptance']

export function InvitationPage() {
  const { token } = route.useParams()
  const offer = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => answer(api.GET('/api/invitations/{token}', { params: { path: { token } }, signal })),
    retry: false,
  })
  const me = useQuery({ ...meQuery, retry: false })

  if (offer.error && asProblem(offer.error).status === 404)
    return (
      <AuthShell
        title="This invitation no longer works"
        intro="It was already used, revoked or replaced, or it is older than seven days. Ask for a new link."
      >
        <LinkButton to="/sign-in" size="sm" variant="default">
          Go to sign-in
        </LinkButton>
      </AuthShell>
    )
  const isReady = offer.data !== undefined && !me.isPending
  return (
    <AuthShell
      title={offer.data ? `Join ${offer.data.project_name}` : 'Invitation'}
      {...(offer.data ? { intro: introOf(offer.data) } : {})}
    >
      <Result
        what="The invitation"
        question={{ ...offer, data: isReady ? offer.data : undefined }}
        skeleton={<BlockSkeleton height={240} />}
      >
        {(data) =>
          me.data ? (
            <JoinAs token={token} offer={data} email={me.data.member.email} />
          ) : (
            <JoinAsNew token={token} offer={data} />
          )
        }
      </Result>
    </AuthShell>
  )
}

function introOf({ invited_by, role, expires_at }: Offer): string {
  return `${invited_by} invited you. Your role: ${ROLE_LABELS[role].toLowerCase()}. ${ROLE_HELP[role]} The link expires ${untilText(expires_at, Date.now())}.`
}

function useAccept(token: string) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (body: Acceptance) =>
      answer(api.POST('/api/invitations/{token}/accept', { params: { path: { token } }, body })),
    onSuccess: (me, _body) => {
      const known = client.getQueryData(meQuery.queryKey)?.projects.map(({ id }) => id) ?? []
      const joined = me.projects.find(({ id }) => !known.includes(id)) ?? me.projects[0]
      client.clear()
      client.setQueryData(meQuery.queryKey, me)
      if (joined) return navigate({ to: '/p/$projectId/overview', params: { projectId: joined.id }, replace: true })
      return navigate({ to: '/', replace: true })
    },
  })
}

/** Somebody is signed in: with the invited address they join; with another the server's refusal is shown. */
function JoinAs({ token, offer, email }: { token: string; offer: Offer; email: string }) {
  const accept = useAccept(token)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        accept.mutate({})
      }}
    >
      <p className={classes.intro}>
        You are signed in as {email}
        {email.toLowerCase() === offer.email.toLowerCase()
          ? '.'
          : `, but the invitation is for ${offer.email}. Sign out first, or sign in with that address.`}
      </p>
      <FormFailure error={accept.error} />
      <Button
        type="submit"
        size="sm"
        loading={accept.isPending}
        disabled={email.toLowerCase() !== offer.email.toLowerCase()}
      >
        Join {offer.project_name}
      </Button>
    </form>
  )
}

function JoinAsNew({ token, offer }: { token: string; offer: Offer }) {
  const accept = useAccept(token)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    accept.mutate({ name: name.trim(), password })
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput label="E-mail" type="email" autoComplete="username" readOnly value={offer.email} />
      <TextInput
        label="Your name"
        autoComplete="name"
        required
        autoFocus
        value={name}
        error={fieldError(accept.error, 'name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NewPassword
        label="Password"
        value={password}
        known={[name, offer.email.split('@')[0] ?? '']}
        error={fieldError(accept.error, 'password')}
        onChange={setPassword}
      />
      <FormFailure error={accept.error} fields={['name', 'password']} />
      <Button
        type="submit"
        size="sm"
        loading={accept.isPending}
        disabled={!name.trim() || password.length < MIN_PASSWORD}
      >
        Create account and join
      </Button>
      <LinkButton to="/sign-in" search={{ return_to: `/invitations/${token}` }} variant="subtle">
        I already have an account
      </LinkButton>
    </form>
  )
}
