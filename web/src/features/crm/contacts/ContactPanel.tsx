// The panel of a contact: who they are, what is to be done, why they matter, and what happened.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Contact } from '../../../api/types'
import { PersonLink } from '../../../ui/PersonLink'
import { Result } from '../../../ui/Result'
import { SidePanel } from '../../../ui/SidePanel'
import { RowsSkeleton } from '../../../ui/States'
import { ContactTasks } from '../tasks/ContactTasks'
import { contactQuery, scoreQuery, timelineQuery } from './api'
import { ReachButtons, StatusMenu } from './ContactActions'
import { ContactFacts, ContactFigures } from './ContactFacts'
import { ContactForm } from './ContactForm'
import { Interests } from './Interests'
import { contactName, mergedIds } from './model'
import classes from './Panel.module.css'
import { ScoreSection } from './ScoreSection'
import { TimelineSection } from './TimelineSection'

type Props = {
  projectId: string
  contactId: string /** The task whose comments are shown at first. */
  taskId?: string | undefined
  onClose: () => void
}

export function ContactPanel({ projectId, contactId, taskId, onClose }: Props) {
  const contact = useQuery(contactQuery(projectId, contactId))
  const [isEditing, setEditing] = useState(false)
  const title = contact.data ? (
    <Head projectId={projectId} contact={contact.data} onEdit={isEditing ? undefined : () => setEditing(true)} />
  ) : (
    <h2 className={classes.title}>Contact</h2>
  )
  return (
    <SidePanel
      label={contact.data ? `Contact: ${contactName(contact.data)}` : 'Contact'}
      onClose={onClose}
      onEscape={isEditing ? () => setEditing(false) : undefined}
      title={title}
    >
      <Result what="The contact" question={contact} skeleton={<RowsSkeleton rows={10} />}>
        {(data) =>
          isEditing ? (
            <ContactForm projectId={projectId} contact={data} onDone={() => setEditing(false)} />
          ) : (
            <Body projectId={projectId} contact={data} taskId={taskId} />
          )
        }
      </Result>
    </SidePanel>
  )
}

function Body({ projectId, contact, taskId }: { projectId: string; contact: Contact; taskId: string | undefined }) {
  const timeline = useInfiniteQuery(timelineQuery(projectId, contact.id))
  const score = useQuery({ ...scoreQuery(projectId, contact.user_id ?? ''), enabled: contact.user_id != null })
  const merged = mergedIds(timeline.data?.pages.flatMap((page) => page.activities) ?? [])
  return (
    <>
      <ContactFigures contact={contact} score={score.data?.score} />
      <ContactTasks projectId={projectId} contactId={contact.id} taskId={taskId} />
      <ContactFacts contact={contact} merged={merged} />
      {contact.user_id && <ScoreSection projectId={projectId} score={score} before={contact.lead_score ?? null} />}
      <Interests projectId={projectId} contactId={contact.id} />
      <TimelineSection projectId={projectId} timeline={timeline} />
    </>
  )
}

function Head({
  projectId,
  contact,
  onEdit,
}: {
  projectId: string
  contact: Contact
  onEdit: (() => void) | undefined
}) {
  return (
    <>
      <h2 className={classes.title}>
        <PersonLink personId={contact.id}>{contactName(contact)}</PersonLink>
      </h2>
      <div className={classes.actions}>
        <StatusMenu projectId={projectId} contact={contact} />
        <ReachButtons contact={contact} />
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
