// Error pages: an unknown address, or an uncaught error; on their own, or within a project's frame.

import { IconMapOff } from '@tabler/icons-react'
import { useParams, useRouter } from '@tanstack/react-router'
import { asProblem } from '../api/problem'
import { LinkButton } from '../ui/LinkButton'
import { Logo } from '../ui/Logo'
import { Empty, Failure } from '../ui/States'
import classes from './Failures.module.css'

const NOTHING_HERE = 'Page not found'

export function NotFound() {
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <Logo />
        <h1 className={classes.title}>{NOTHING_HERE}</h1>
        <p className={classes.text}>The page may have moved, or you may not have access to this project.</p>
        <LinkButton to="/" size="sm">
          Go to overview
        </LinkButton>
      </div>
    </main>
  )
}

/** Within the frame of a project that exists. */
export function NotFoundHere() {
  const { projectId } = useParams({ from: '/p/$projectId' })
  return (
    <div className={classes.card}>
      <Empty
        icon={IconMapOff}
        title={NOTHING_HERE}
        action={
          <LinkButton to="/p/$projectId/overview" params={{ projectId }} variant="default">
            Go to overview
          </LinkButton>
        }
      >
        The page may have moved.
      </Empty>
    </div>
  )
}

type Props = { error: unknown; reset?: () => void }

export function PageFailure(props: Props) {
  return (
    <main className={classes.page}>
      <FailureHere {...props} />
    </main>
  )
}

/** Within the frame of a project. */
export function FailureHere({ error, reset }: Props) {
  const router = useRouter()
  const { title, detail, requestId } = asProblem(error)
  const retry = () => {
    reset?.()
    void router.invalidate()
  }
  return <Failure what="This page" problem={{ title, detail, requestId }} onRetry={retry} />
}
