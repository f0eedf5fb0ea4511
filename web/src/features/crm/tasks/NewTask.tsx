// The dialog that creates a task by hand, about one contact or one that is searched for.
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useMembers } from '../../../api/members'
import { sentence } from '../../../lib/words'
import { zoneLabel } from '../../../lib/zone'
import { FormFailure, fieldError } from '../../../ui/FormFailure'
import { toastDone } from '../../../ui/toast'
import { contactsQuery } from '../contacts/api'
import { contactLine, contactName } from '../contacts/model'
import { useCreateTask } from './api'
import { PRIORITIES } from './model'
import { dueOf } from './snooze'

const FIELDS = ['title', 'contact_id', 'due_at', 'priority', 'assigned_to']

type Props = { projectId: string; contactId?: string; onClose: () => void }

export function NewTask({ projectId, contactId, onClose }: Props) {
  const create = useCreateTask(projectId)
  const { members } = useMembers(projectId)
  const [title, setTitle] = useState('')
  const [contact, setContact] = useState<string | null>(contactId ?? null)
  const [day, setDay] = useState('')
  const [time, setTime] = useState('09:00')
  const [priority, setPriority] = useState('normal')
  const [assignee, setAssignee] = useState<string | null>(null)
  const due = dueOf(day, time, Date.now())
  const isLate = day !== '' && due === null

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!title.trim() || contact === null || isLate) return
    const body = {
      title: title.trim(),
      contact_id: contact,
      priority,
      ...(due === null ? {} : { due_at: new Date(due).toISOString() }),
      ...(assignee === null ? {} : { assigned_to: assignee }),
    }
    create.mutate(body, { onSuccess: () => (toastDone('Task created'), onClose()) })
  }

  return (
    <Modal opened onClose={onClose} title="New task">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Title"
            placeholder="Call back about the quote"
            required
            data-autofocus
            maxLength={200}
            value={title}
            error={fieldError(create.error, 'title')}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {contactId === undefined && (
            <ContactSelect
              projectId={projectId}
              value={contact}
              error={fieldError(create.error, 'contact_id')}
              onChange={setContact}
            />
          )}
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label="Due"
              value={day}
              error={isLate ? 'Choose a time that lies ahead.' : fieldError(create.error, 'due_at')}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <TextInput
              type="time"
              label={`Time (${zoneLabel()})`}
              value={time}
              disabled={day === ''}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
          </Group>
          <Group grow align="flex-start">
            <Select
              label="Priority"
              allowDeselect={false}
              data={PRIORITIES.map((value) => ({ value, label: sentence(value) }))}
              value={priority}
              onChange={(value) => setPriority(value ?? priority)}
            />
            <Select
              label="Assigned to"
              placeholder="No one"
              clearable
              data={members.map(({ id, name }) => ({ value: id, label: name }))}
              value={assignee}
              error={fieldError(create.error, 'assigned_to')}
              onChange={setAssignee}
            />
          </Group>
          <FormFailure error={create.error} fields={FIELDS} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!title.trim() || contact === null || isLate} loading={create.isPending}>
              Create task
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Contacts found by what is typed, those active last first. */
function ContactSelect({
  projectId,
  value,
  error,
  onChange,
}: {
  projectId: string
  value: string | null
  error: string | undefined
  onChange: (id: string | null) => void
}) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 250)
  const found = useInfiniteQuery(contactsQuery(projectId, search.trim() === '' ? {} : { search: search.trim() }))
  const contacts = found.data?.pages[0]?.contacts ?? []
  const options = contacts.slice(0, 20).map((contact) => ({
    value: contact.id,
    label: [contactName(contact), contactLine(contact)].filter(Boolean).join(', '),
  }))
  return (
    <Select
      label="Contact"
      placeholder="Name, e-mail, phone or id"
      required
      searchable
      clearable
      nothingFoundMessage={found.isFetching ? 'Searching…' : 'No contact found'}
      filter={({ options: all }) => all}
      data={options}
      value={value}
      error={error}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={onChange}
    />
  )
}
