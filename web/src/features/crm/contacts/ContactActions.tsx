// What is done with a contact wherever its name stands: change its status, call or write.
import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconMail, IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Contact } from '../../../api/types'
import { pipelineQuery, useChangeContact } from './api'
import { StatusBadge } from './columns'
import { statusesOf } from './model'
import classes from './Panel.module.css'

export function ReachButtons({ contact }: { contact: Contact }) {
  return (
    <>
      {contact.phone && (
        <Button
          component="a"
          href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}
          variant="default"
          size="compact-sm"
          leftSection={<IconPhone size={13} />}
        >
          Call
        </Button>
      )}
      {contact.email && (
        <Button
          component="a"
          href={`mailto:${contact.email}`}
          variant="default"
          size="compact-sm"
          leftSection={<IconMail size={13} />}
        >
          E-mail
        </Button>
      )}
    </>
  )
}

export function StatusMenu({ projectId, contact }: { projectId: string; contact: Contact }) {
  const { data: pipeline } = useQuery(pipelineQuery(projectId))
  const change = useChangeContact(projectId)
  const shown = change.isPending ? (change.variables.change.lead_status ?? contact.lead_status) : contact.lead_status
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className={classes.status} aria-label={`Change status: ${shown}`}>
          <StatusBadge status={shown} />
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Change status to</Menu.Label>
        {statusesOf(pipeline?.stages).map((status) => (
          <Menu.Item
            key={status}
            disabled={status === contact.lead_status}
            onClick={() => change.mutate({ contact, change: { lead_status: status } })}
          >
            <StatusBadge status={status} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
