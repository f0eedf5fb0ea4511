// One key: its name and value, whether it is on, what it allows, and its actions.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { ApiKey } from '../../api/types'
import { exactNumber } from '../../lib/format'
import { CopyIcon } from '../../ui/Copy'
import { EmbedRow } from '../../ui/EmbedRow'
import { Time } from '../../ui/Figures'
import { switchWithUndo } from '../../ui/switchWithUndo'
import { useChangeKey } from './api'
import { hiddenKey } from './model'

type Props = {
  projectId: string
  apiKey: ApiKey
  canChange: boolean
  onSnippet: () => void
  onEdit: () => void
  onDelete: () => void
}

export function KeyRow({ projectId, apiKey, ...actions }: Props) {
  const change = useChangeKey(projectId)
  const toggle = (isActive: boolean) =>
    void switchWithUndo({
      name: apiKey.key_name,
      isActive,
      effect: { on: 'pages with this key can send events', off: 'events sent with this key are refused' },
      set: (is_active) => change.mutateAsync({ id: apiKey.id, change: { is_active } }),
    })
  return (
    <EmbedRow
      name={apiKey.key_name}
      id={<KeyValue value={apiKey.key} />}
      domains={apiKey.allowed_domains}
      facts={[
        ['Limit', `${exactNumber(apiKey.rate_limit_per_minute)} per minute`],
        ['Last used', apiKey.last_used_at ? <Time at={apiKey.last_used_at} /> : 'Never'],
      ]}
      createdAt={apiKey.created_at}
      isActive={apiKey.is_active}
      accepts="events"
      onToggle={toggle}
      {...actions}
    />
  )
}

function KeyValue({ value }: { value: string }) {
  const [isShown, setShown] = useState(false)
  const label = isShown ? 'Hide key' : 'Show key'
  return (
    <>
      <code>{isShown ? value : hiddenKey(value)}</code>
      <Tooltip label={label}>
        <ActionIcon aria-label={label} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </ActionIcon>
      </Tooltip>
      <CopyIcon text={value} what="key" />
    </>
  )
}
