// Asks before something with unsaved changes is left.
import { useBlocker } from '@tanstack/react-router'
import { ConfirmDialog } from '../ConfirmDialog'

type Place = { pathname: string; search: object }

type Props = {
  isChanged: boolean
  /** What has the changes. */
  of?: string
  /** Whether going from one address to another leaves it; every navigation does unless something else is known. */
  isLeaving?: (from: Place, to: Place) => boolean
}

export function LeaveGuard({ isChanged, of = 'on this page', isLeaving = () => true }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && isLeaving(current, next),
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      title="Leave without saving?"
      action="Leave"
      isPending={false}
      error={null}
      onConfirm={blocker.proceed}
      onClose={blocker.reset}
    >
      Your changes {of} will be lost.
    </ConfirmDialog>
  )
}
