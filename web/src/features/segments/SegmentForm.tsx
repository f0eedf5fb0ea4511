// Saves filters as a segment, or changes the name and the visibility of one.
import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Segment, useChangeSegment, useCreateSegment } from '../../api/segments'
import { type Filter, filterWords, isSame, parseFilters, writeFilters } from '../../lib/filters'
import { FormFailure } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import classes from './Segments.module.css'

type Props = {
  projectId: string /** None: a new one. */
  segment: Segment | undefined /** Of the page. */
  filters: Filter[]
  onClose: () => void
}

export function SegmentForm({ projectId, segment, filters, onClose }: Props) {
  const [name, setName] = useState(segment?.name ?? '')
  const [isShared, setShared] = useState(segment?.is_shared ?? false)
  const [isReplaced, setReplaced] = useState(false)
  const create = useCreateSegment(projectId)
  const change = useChangeSegment(projectId)
  const own = segment ? parseFilters(segment.filters) : filters
  const canReplace = segment !== undefined && filters.length > 0 && !isSame(own, filters)
  const shown = isReplaced ? filters : own
  const done = () => {
    toastDone(segment ? 'Segment changed' : 'Segment saved')
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    if (segment)
      change.mutate(
        { id: segment.id, name, is_shared: isShared, ...(isReplaced ? { filters: writeFilters(filters) } : {}) },
        { onSuccess: done },
      )
    else create.mutate({ name, filters: writeFilters(filters), is_shared: isShared }, { onSuccess: done })
  }
  const { isPending, error } = segment ? change : create
  return (
    <Modal opened onClose={onClose} title={segment ? 'Edit segment' : 'Save as a segment'}>
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          label="Name"
          placeholder="Mobile visitors from campaigns"
          data-autofocus
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ul className={classes.filters} aria-label="Filters">
          {shown.map((filter) => {
            const words = filterWords(filter)
            return (
              <li key={JSON.stringify(filter)}>
                {words.name} {words.verb} <b>{words.value}</b>
              </li>
            )
          })}
        </ul>
        {canReplace && (
          <Checkbox
            label="Replace its filters by those of this page"
            checked={isReplaced}
            onChange={(event) => setReplaced(event.currentTarget.checked)}
          />
        )}
        <Checkbox
          label="Share with everybody in this project"
          checked={isShared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <FormFailure error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={isPending}>
            {segment ? 'Save changes' : 'Save segment'}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
