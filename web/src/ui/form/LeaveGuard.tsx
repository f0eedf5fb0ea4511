// Asks before a page with unsaved changes is left.
import { useBlocker } from '@tanstack/react-router'
import { ConfirmDialog } from '../ConfirmDialog'

export function LeaveGuard({ isChanged }: { isChanged: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged,
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
      Your changes on this page will be lost.
    </ConfirmDialog>
  )
}
