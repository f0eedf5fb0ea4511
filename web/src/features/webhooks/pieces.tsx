// The deliveries of a webhook as a piece of boards.
import { IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { webhooksQuery } from './api'
import { Deliveries } from './Deliveries'
import { chosenWebhook, parseWebhooksSearch } from './model'

const TITLE = 'Deliveries'

function DeliveriesPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { open: _open, webhook: wanted, ...search } = parseWebhooksSearch(raw)
  const webhooks = useQuery(webhooksQuery(projectId))
  return (
    <TileResult title={TITLE} what="The webhooks" question={webhooks} height={264}>
      {(list) => {
        const webhook = chosenWebhook(list, wanted)
        if (!webhook)
          return (
            <Card title={TITLE}>
              <Empty icon={IconWebhook} title="No webhooks yet" />
            </Card>
          )
        const shown = { ...search, webhook: webhook.id }
        return (
          <Deliveries
            projectId={projectId}
            webhook={webhook}
            status={search.status}
            openId={undefined}
            onStatus={(status) => onShow({ ...shown, status })}
            onOpen={(open) => onShow({ ...shown, open })}
          />
        )
      }}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  { id: 'webhooks.deliveries', title: TITLE, kind: 'table', width: 2, component: DeliveriesPiece },
]
