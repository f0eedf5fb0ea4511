// Asks before days are saved by which the next run removes something.
import { ConfirmDialog } from '../../../ui/ConfirmDialog'
import type { Preview } from './model'
import { RemovedKinds } from './PreviewList'

type Props = {
  project: string
  kinds: Preview['kinds']
  isPending: boolean
  onConfirm: () => void
  onClose: () => void
}

export function ConfirmRemoval({ project, kinds, isPending, onConfirm, onClose }: Props) {
  return (
    <ConfirmDialog
      title={`Remove old data of ${project}?`}
      word={project}
      action="Save and remove"
      isPending={isPending}
      error={null}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>This cannot be undone. The next run will remove:</p>
      <RemovedKinds kinds={kinds} />
    </ConfirmDialog>
  )
}
