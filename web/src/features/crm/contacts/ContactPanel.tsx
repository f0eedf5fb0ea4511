// The panel of a contact: who they are, what is to be done, why they matter, and what happened.
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconChevronDown, IconMail, IconPencil, IconPhone } from '@tabler/icons-react'
import { useState } from 'react'
import type { Contact } from '../../../api/types'
import { Result } from '../../../ui/Result'
import { SidePanel } from '../../../ui/SidePanel'
import { RowsSkeleton } from '../../../ui/States'
import { ContactTasks } from '../tasks/ContactTasks'
import { contactQuery, pipelineQuery, scoreQuery, timelineQuery, useChangeContact } from './api'
import { StatusBadge } from './columns'
import { ContactFacts, ContactFigures } from './ContactFacts'
import { ContactForm } from './ContactForm'
import { Interests } from './Interests'
import { contactName, mergedIds, statusesOf } from './model'
import { ScoreSection } from './ScoreSection'
import { TimelineSection } from './TimelineSection'
import classes from './Panel.module.css'

type Props = { projectId: string; contactId: string; onClose: () => void }

export function ContactPanel({ projectId, contactId, onClose }: Props) {
  const contact = useQuery(contactQuery(projectId, contactId))
  const [isEditing, setEditing] = useState(false)
  const title = contact.data ? <Head projectId={projectId} contact={contact.data} onEdit={isEditing ? undefined : () => setEditing(true)} /> : <h2 className={classes.title}>Contact</h2>
  return (
    <SidePanel label={contact.data ? `Contact: ${contactName(contact.data)}` : 'Contact'} onClose={onClose} onEscape={isEditing ? () => setEditing(false) : undefined} title={title}>
      <Result what="The contact" question={contact} skeleton={<RowsSkeleton rows={10} />}>
        {(data) =>
          isEditing ? (
            <ContactForm projectId={projectId} contact={data} onDone={() => setEditing(false)} />
          ) : (
            <Body projectId={projectId} contact={data} />
          )
        }
      </Result>
    </SidePanel>
  )
}

function Body({ projectId, contact }: { projectId: string; contact: Contact }) {
  const timeline = useInfiniteQuery(timelineQuery(projectId, contact.id))
  const score = useQuery({ ...scoreQuery(projectId, contact.user_id ?? ''), enabled: contact.user_id != null })
  const merged = mergedIds(timeline.data?.pages.flatMap((page) => page.activities) ?? [])
  return (
    <>
      <ContactFigures contact={contact} score={score.data?.score} />
      <ContactTasks projectId={projectId} contactId={contact.id} />
      <ContactFacts contact={contact} merged={merged} />
      {contact.user_id && <ScoreSection projectId={projectId} score={score} before={contact.lead_score ?? null} />}
      <Interests projectId={projectId} contactId={contact.id} />
      <TimelineSection projectId={projectId} timeline={timeline} />
    </>
  )
}

function Head({ projectId, contact, onEdit }: { projectId: string; contact: Contact; onEdit: (() => void) | undefined }) {
  return (
    <>
      <h2 className={classes.title}>{contactName(contact)}</h2>
      <div className={classes.actions}>
        <StatusMenu projectId={projectId} contact={contact} />
        {contact.phone && (
          <Button component="a" href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`} variant="default" size="compact-sm" leftSection={<IconPhone size={13} />}>
            Call
          </Button>
        )}
        {contact.email && (
          <Button component="a" href={`mailto:${contact.email}`} variant="default" size="compact-sm" leftSection={<IconMail size={13} />}>
            E-mail
          </Button>
        )}
        {onEdit && (
          <Tooltip label="Edit">
            <ActionIcon aria-label="Edit contact" onClick={onEdit}>
              <IconPencil size={15} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </>
  )
}

function StatusMenu({ projectId, contact }: { projectId: string; contact: Contact }) {
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
          <Menu.Item key={status} disabled={status === contact.lead_status} onClick={() => change.mutate({ contact, change: { lead_status: status } })}>
            <StatusBadge status={status} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
