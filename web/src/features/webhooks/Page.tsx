// Webhooks: receivers of changes of contacts and tasks, and the status of each message.
import { Button } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { RevealOnce } from '../../ui/RevealOnce'
import { Empty, RowsSkeleton } from '../../ui/States'
import { PieceSearchContext } from '../../ui/tile'
import { webhooksQuery } from './api'
import { Deliveries } from './Deliveries'
import { type Dialog, WebhookDialogs } from './Dialogs'
import { chosenWebhook, webhookName } from './model'
import { WebhookRow } from './WebhookRow'
import classes from './Webhooks.module.css'

const route = getRouteApi('/p/$projectId/webhooks')

export function WebhooksPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { may, role } = useRole(projectId)
  const webhooks = useQuery({ ...webhooksQuery(projectId), enabled: may('admin') })
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null)
  const chosen = chosenWebhook(webhooks.data, search.webhook)
  const shown = useMemo(() => (chosen ? { webhook: chosen.id } : {}), [chosen])

  if (role && !may('admin'))
    return (
      <Card title="Webhooks">
        <NeedsRole what="Webhooks" needed="admin" role={role} />
      </Card>
    )
  const create = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setDialog({ kind: 'create' })}>
      Create webhook
    </Button>
  )
  return (
    <div className={classes.page}>
      <Card
        title="Webhooks"
        help="Messages follow the Standard Webhooks specification. A failed message is sent up to ten times over three days. A message may arrive twice, with the same webhook-id."
        flush
        actions={create}
      >
        <Result what="The webhooks" question={webhooks} skeleton={<RowsSkeleton rows={3} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon={IconWebhook} title="Send changes to another system" action={create}>
                A webhook sends a signed message to your endpoint when a contact or task changes, for example when a
                booking is abandoned.
              </Empty>
            ) : (
              <ul className={classes.list}>
                {list.map((webhook) => (
                  <WebhookRow
                    key={webhook.id}
                    projectId={projectId}
                    webhook={webhook}
                    isChosen={webhook === chosen}
                    onChoose={() => void navigate({ search: { webhook: webhook.id }, resetScroll: false })}
                    onDialog={(kind) => setDialog({ kind, webhook })}
                  />
                ))}
              </ul>
            )
          }
        </Result>
      </Card>
      {chosen && (
        <PieceSearchContext value={shown}>
          <Deliveries
            key={chosen.id}
            projectId={projectId}
            webhook={chosen}
            status={search.status}
            openId={search.open}
            onStatus={(status) =>
              void navigate({ search: { webhook: chosen.id, ...(status ? { status } : {}) }, resetScroll: false })
            }
            onOpen={(open) =>
              void navigate({
                search: {
                  webhook: chosen.id,
                  ...(search.status ? { status: search.status } : {}),
                  ...(open === undefined ? {} : { open }),
                },
                resetScroll: false,
                replace: search.open !== undefined && open !== undefined,
              })
            }
          />
        </PieceSearchContext>
      )}
      {dialog && (
        <WebhookDialogs
          projectId={projectId}
          dialog={dialog}
          onClose={() => setDialog(null)}
          onSecret={({ webhook, secret }) => (setDialog(null), setMade({ name: webhookName(webhook), secret }))}
        />
      )}
      {made && (
        <RevealOnce
          title={`Secret of ${made.name}`}
          what="Webhook secret"
          secret={made.secret}
          onClose={() => setMade(null)}
        >
          Use this secret to verify the signature of every message. The Standard Webhooks libraries accept it as is.
        </RevealOnce>
      )}
    </div>
  )
}
