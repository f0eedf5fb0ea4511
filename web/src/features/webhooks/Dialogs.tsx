// The dialogs of a webhook: making or changing it, replacing its secret, deleting it.
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { toastDone } from '../../ui/toast'
import { useDeleteWebhook, useRotateSecret } from './api'
import { type Webhook, webhookName } from './model'
import { WebhookForm } from './WebhookForm'

export type Dialog = { kind: 'create' } | { kind: 'edit' | 'delete' | 'rotate'; webhook: Webhook }
type CreatedWebhook = { webhook: Webhook; secret: string }
type Props = { projectId: string; dialog: Dialog; onClose: () => void; onSecret: (made: CreatedWebhook) => void }

export function WebhookDialogs({ projectId, dialog, onClose, onSecret }: Props) {
  const remove = useDeleteWebhook(projectId)
  const rotate = useRotateSecret(projectId)
  if (dialog.kind === 'create') return <WebhookForm projectId={projectId} onClose={onClose} onMade={onSecret} />
  const { webhook } = dialog
  const name = webhookName(webhook)
  if (dialog.kind === 'edit')
    return <WebhookForm projectId={projectId} webhook={webhook} onClose={onClose} onMade={onSecret} />
  if (dialog.kind === 'rotate')
    return (
      <ConfirmDialog
        title={`Replace the secret of ${name}`}
        action="Replace secret"
        isHarmless
        isPending={rotate.isPending}
        error={rotate.error}
        onClose={onClose}
        onConfirm={() => rotate.mutate(webhook.id, { onSuccess: onSecret })}
      >
        <p>
          You get a new secret, shown only once. For 24 hours, messages are signed with both secrets, so that you can
          update your endpoint in the meantime.
        </p>
      </ConfirmDialog>
    )
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      word={name}
      action="Delete webhook"
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(webhook.id, { onSuccess: () => (toastDone(`Webhook ${name} deleted`), onClose()) })
      }
    >
      <p>
        Its messages are deleted too, and waiting messages are not sent. To pause the webhook, switch it off instead.
      </p>
    </ConfirmDialog>
  )
}
