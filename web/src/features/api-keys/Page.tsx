// API keys: one for each site or app that sends events, and how to install the tracker.
import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { meQuery } from '../../api/session'
import type { ApiKey } from '../../api/types'
import { Card } from '../../ui/Card'
import { EmbedList } from '../../ui/EmbedRow'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import classes from './ApiKeys.module.css'
import { apiKeysQuery } from './api'
import { DeleteKey } from './DeleteKey'
import { Install } from './Install'
import { KeyForm } from './KeyForm'
import { KeyRow } from './KeyRow'
import { canChangeKeys } from './model'

const route = getRouteApi('/p/$projectId/settings/api-keys')

type Dialog = { kind: 'create' } | { kind: 'edit'; key: ApiKey } | { kind: 'delete'; key: ApiKey }

export function ApiKeysPage() {
  const { projectId } = route.useParams()
  const keys = useQuery(apiKeysQuery(projectId))
  const me = useQuery(meQuery)
  const isAsked = route.useSearch().create === true
  const navigate = route.useNavigate()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [chosenId, setChosenId] = useState<string>()
  const canChange = canChangeKeys(me.data?.projects.find((project) => project.id === projectId))
  const shown = dialog ?? (isAsked && canChange ? ({ kind: 'create' } as const) : null)
  const close = () => {
    setDialog(null)
    if (isAsked) void navigate({ search: {}, replace: true })
  }
  const chosen = keys.data?.find((key) => key.id === chosenId) ?? keys.data?.find((key) => key.is_active)

  return (
    <div className={classes.page}>
      {chosen && <Install projectKey={chosen} />}
      <Card
        title="Keys"
        help="API keys can only send events, so they are safe in the source of a page."
        flush
        actions={
          canChange && (
            <Button leftSection={<IconPlus size={14} />} onClick={() => setDialog({ kind: 'create' })}>
              Create key
            </Button>
          )
        }
      >
        <Result what="The API keys" question={keys} skeleton={<RowsSkeleton rows={3} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty
                icon={IconKey}
                title="Create a key to start"
                action={
                  canChange && (
                    <Button size="sm" onClick={() => setDialog({ kind: 'create' })}>
                      Create key
                    </Button>
                  )
                }
              >
                {canChange
                  ? 'You get one line of code for your site. Its events then appear here.'
                  : 'Ask an owner or admin to create a key.'}
              </Empty>
            ) : (
              <EmbedList>
                {list.map((key) => (
                  <KeyRow
                    key={key.id}
                    projectId={projectId}
                    apiKey={key}
                    canChange={canChange}
                    onSnippet={() => setChosenId(key.id)}
                    onEdit={() => setDialog({ kind: 'edit', key })}
                    onDelete={() => setDialog({ kind: 'delete', key })}
                  />
                ))}
              </EmbedList>
            )
          }
        </Result>
      </Card>
      {shown?.kind === 'create' && (
        <KeyForm projectId={projectId} onClose={close} onCreated={(key) => setChosenId(key.id)} />
      )}
      {shown?.kind === 'edit' && <KeyForm projectId={projectId} apiKey={shown.key} onClose={close} />}
      {shown?.kind === 'delete' && <DeleteKey projectId={projectId} apiKey={shown.key} onClose={close} />}
    </div>
  )
}
