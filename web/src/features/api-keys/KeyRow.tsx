// One key: its name and value, whether it is on, what it allows, and its actions.
import { ActionIcon, Menu, Switch, Tooltip } from '@mantine/core'
import { IconCode, IconDots, IconEye, IconEyeOff, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { ApiKey } from '../../api/types'
import { exactNumber } from '../../lib/format'
import { CopyIcon } from '../../ui/Copy'
import { Time } from '../../ui/Figures'
import { toastFailed } from '../../ui/toast'
import { useChangeKey } from './api'
import { hiddenKey } from './model'
import classes from './ApiKeys.module.css'

type Props = { projectId: string; apiKey: ApiKey; canChange: boolean; onInstall: () => void; onEdit: () => void; onDelete: () => void }

export function KeyRow({ projectId, apiKey, canChange, onInstall, onEdit, onDelete }: Props) {
  const change = useChangeKey(projectId)
  const toggle = (isActive: boolean) =>
    change.mutate(
      { id: apiKey.id, change: { is_active: isActive } },
      { onError: (error) => toastFailed(`${apiKey.key_name} stays switched ${isActive ? 'off' : 'on'}`, error) },
    )
  return (
    <li className={classes.row} data-off={!apiKey.is_active || undefined}>
      <div className={classes.main}>
        <span className={classes.name}>{apiKey.key_name}</span>
        <KeyValue value={apiKey.key} />
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>Domains</dt>
          <dd title={apiKey.allowed_domains.join(', ') || undefined}>{apiKey.allowed_domains.join(', ') || 'Any domain'}</dd>
        </div>
        <div>
          <dt>Limit</dt>
          <dd>{exactNumber(apiKey.rate_limit_per_minute)} per minute</dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <Time at={apiKey.created_at} />
          </dd>
        </div>
        <div>
          <dt>Last used</dt>
          <dd>{apiKey.last_used_at ? <Time at={apiKey.last_used_at} /> : 'Never'}</dd>
        </div>
      </dl>
      <div className={classes.rowActions}>
        <Switch size="sm" aria-label={`${apiKey.key_name} accepts events`} checked={apiKey.is_active} disabled={!canChange} onChange={(event) => toggle(event.currentTarget.checked)} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${apiKey.key_name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCode size={14} />} onClick={onInstall}>
              Show snippet
            </Menu.Item>
            {canChange && (
              <>
                <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>
                  Edit
                </Menu.Item>
                <Menu.Item c="var(--ff-bad)" leftSection={<IconTrash size={14} />} onClick={onDelete}>
                  Delete
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  )
}

function KeyValue({ value }: { value: string }) {
  const [isShown, setShown] = useState(false)
  const label = isShown ? 'Hide key' : 'Show key'
  return (
    <span className={classes.value}>
      <code>{isShown ? value : hiddenKey(value)}</code>
      <Tooltip label={label}>
        <ActionIcon aria-label={label} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </ActionIcon>
      </Tooltip>
      <CopyIcon text={value} what="key" />
    </span>
  )
}
