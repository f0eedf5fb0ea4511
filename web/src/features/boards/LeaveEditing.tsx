// Asks before unsaved changes of a board are left behind: by another page, or by ending its editing.
import { useBlocker } from '@tanstack/react-router'
import { ConfirmDialog } from '../../ui/ConfirmDialog'

export function LeaveEditing({ isChanged }: { isChanged: boolean }) {
  const blocker = useBlocker({
    // Another period or filter of the same board is no leaving.
    shouldBlockFn: ({ current, next }) =>
      isChanged && (current.pathname !== next.pathname || !(next.search as { edit?: unknown }).edit),
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
      Your changes to this board will be lost.
    </ConfirmDialog>
  )
}
