// Pages that cannot be shown: an unknown address, or an error nothing else caught.
import { useRouter } from '@tanstack/react-router'
import { IconMapOff } from '@tabler/icons-react'
import { asProblem } from '../api/problem'
import { LinkButton } from '../ui/LinkButton'
import { Empty, Failure } from '../ui/States'

export function NotFound() {
  return (
    <main>
      <Empty
        icon={IconMapOff}
        title="There is nothing at this address"
        action={
          <LinkButton to="/" variant="default">
            Go to the overview
          </LinkButton>
        }
      >
        The page may have moved, or the project may not be yours.
      </Empty>
    </main>
  )
}

export function PageFailure({ error, reset }: { error: unknown; reset?: () => void }) {
  const router = useRouter()
  const { title, detail, requestId } = asProblem(error)
  const retry = () => {
    reset?.()
    void router.invalidate()
  }
  return (
    <main>
      <Failure what="This page" problem={{ title, detail, requestId }} onRetry={retry} />
    </main>
  )
}
