// Where an error stands, and a menu to decide about it.
import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconEyeOff, IconRocket, IconRotate } from '@tabler/icons-react'
import { ToneBadge } from '../../ui/Badges'
import type { ErrorStatus, ErrorUpdate } from './api'
import classes from './Errors.module.css'
import { STATUS_LABELS } from './model'

const TONES = { open: 'plain', regressed: 'bad', resolved: 'good', ignored: 'plain' } as const
const HELP: Record<ErrorStatus, string> = {
  open: 'Nobody has resolved or ignored it yet.',
  regressed: 'Resolved, and a visitor met it again since.',
  resolved: 'Resolved, and no visitor met it since.',
  ignored: 'Nobody intends to fix it.',
}

export function StatusBadge({ status }: { status: ErrorStatus }) {
  return (
    <span title={HELP[status]}>
      <ToneBadge tone={TONES[status]}>{STATUS_LABELS[status]}</ToneBadge>
    </span>
  )
}

type Props = { status: ErrorStatus; about: string; onDecide: (update: ErrorUpdate) => void }

export function StatusMenu({ status, about, onDecide }: Props) {
  const isDone = status === 'resolved' || status === 'ignored'
  return (
    <Menu position="bottom-start" width={228}>
      <Menu.Target>
        <button
          type="button"
          className={classes.status}
          aria-label={`Status: ${STATUS_LABELS[status]}. Change the status of ${about}`}
          title={HELP[status]}
          onClick={(event) => event.stopPropagation()}
        >
          <ToneBadge tone={TONES[status]}>
            {STATUS_LABELS[status]}
            <IconChevronDown size={12} aria-hidden />
          </ToneBadge>
        </button>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        {status !== 'resolved' && (
          <>
            <Menu.Item leftSection={<IconCheck size={15} />} onClick={() => onDecide({ status: 'resolved' })}>
              Resolve now
            </Menu.Item>
            <Menu.Item
              leftSection={<IconRocket size={15} />}
              onClick={() => onDecide({ status: 'resolved', in_next_release: true })}
            >
              Resolve in the next release
            </Menu.Item>
          </>
        )}
        {status !== 'ignored' && (
          <Menu.Item leftSection={<IconEyeOff size={15} />} onClick={() => onDecide({ status: 'ignored' })}>
            Ignore
          </Menu.Item>
        )}
        {(isDone || status === 'regressed') && (
          <Menu.Item leftSection={<IconRotate size={15} />} onClick={() => onDecide({ status: 'open' })}>
            Reopen
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
