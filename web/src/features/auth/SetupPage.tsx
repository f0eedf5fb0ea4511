// The first visit: makes the owner's account and the first project with the token from the server's log.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { setupQuery } from '../../api/session'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { BlockSkeleton } from '../../ui/States'
import classes from './Auth.module.css'
import { AuthShell } from './AuthShell'
import { SetupForm } from './SetupForm'

const route = getRouteApi('/setup')

export function SetupPage() {
  const { token } = route.useSearch()
  const setup = useQuery(setupQuery)
  if (!setup.data)
    return (
      <AuthShell title="Set up Footfall">
        <Result what="The set-up state" question={setup} skeleton={<BlockSkeleton height={320} />}>
          {() => null}
        </Result>
      </AuthShell>
    )
  if (setup.data.is_set_up) return <AlreadySetUp />
  return token ? <SetupForm token={token} /> : <TokenNeeded />
}

function AlreadySetUp() {
  return (
    <AuthShell title="Footfall is set up" intro="Its members sign in with their e-mail address and password.">
      <LinkButton to="/sign-in" size="sm">
        Go to sign-in
      </LinkButton>
    </AuthShell>
  )
}

function TokenNeeded() {
  return (
    <AuthShell
      title="Open the set-up link"
      intro="This server has no members yet. So that only its operator can become the owner, the link is in the server’s log."
    >
      <ol className={classes.steps}>
        <li>Look at the terminal or the log in which the server was started.</li>
        <li>
          Find the line with <code>/setup?token=…</code>
        </li>
        <li>Open that link in this browser.</li>
      </ol>
    </AuthShell>
  )
}
