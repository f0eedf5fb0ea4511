// Changing a contact by hand, in the panel; only what was changed is sent.
import { Autocomplete, Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { asProblem } from '../../../api/problem'
import type { Contact } from '../../../api/types'
import { pipelineQuery, useChangeContact } from './api'
import { changeOf, type Draft, draftOf, FIELD_LABELS, pipelineTotal, statusesOf, type TextField } from './model'
import classes from './Panel.module.css'

type Props = { projectId: string; contact: Contact; onDone: () => void }

const SHOWN: TextField[] = ['first_name', 'last_name', 'email', 'phone']

export function ContactForm({ projectId, contact, onDone }: Props) {
  const { data: pipeline } = useQuery(pipelineQuery(projectId))
  const change = useChangeContact(projectId, true)
  const usual = contact.total_revenue[0]?.currency ?? pipelineTotal(pipeline?.stages ?? []).deals[0]?.currency ?? ''
  const [draft, setDraft] = useState<Draft>(() => draftOf(contact, usual))
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const problem = change.error && asProblem(change.error)
  // Another contact with this address is a conflict, which names no field.
  const field = problem?.status === 409 ? 'email' : problem?.field
  const errorOf = (name: string) => (problem && field === name ? problem.detail || problem.title : undefined)
  const isGeneral = problem && ![...SHOWN, 'lead_status', 'lead_source', 'estimated_deal_value'].includes(field ?? '')
  const changes = changeOf(contact, draft)
  const isSame = Object.keys(changes).length === 0
  const isPriced = draft.amount === '' || /^[a-z]{3}$/i.test(draft.currency.trim())

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isSame) return onDone()
    change.mutate({ contact, change: changes }, { onSuccess: onDone })
  }

  return (
    <form className={classes.form} onSubmit={submit} aria-label="Edit contact">
      <Stack gap="sm">
        <div className={classes.pair}>
          {SHOWN.map((name, index) => (
            <TextInput
              key={name}
              label={FIELD_LABELS[name]}
              type={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'}
              autoComplete="off"
              autoFocus={index === 0}
              value={draft[name]}
              error={errorOf(name)}
              onChange={(event) => set({ [name]: event.currentTarget.value })}
            />
          ))}
        </div>
        <Autocomplete
          label={FIELD_LABELS.lead_status}
          description="Choose a status or type your own."
          required
          maxLength={60}
          data={statusesOf(pipeline?.stages)}
          filter={({ options }) => options}
          value={draft.lead_status}
          error={errorOf('lead_status')}
          onChange={(lead_status) => set({ lead_status })}
        />
        <TextInput
          label={FIELD_LABELS.lead_source}
          value={draft.lead_source}
          error={errorOf('lead_source')}
          onChange={(event) => set({ lead_source: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <NumberInput
            label={FIELD_LABELS.deal_value}
            description="Value of the booking in progress."
            min={0}
            hideControls
            thousandSeparator=","
            value={draft.amount}
            error={errorOf('estimated_deal_value')}
            onChange={(amount) => set({ amount: typeof amount === 'number' ? amount : '' })}
          />
          <TextInput
            label="Currency"
            description="Three-letter code, such as TZS."
            maxLength={3}
            value={draft.currency}
            error={isPriced ? undefined : 'Enter a three-letter code.'}
            onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
          />
        </div>
        <p className={classes.muted}>
          The change is added to the timeline. Later events from your site may change the same fields again.
        </p>
        {isGeneral && (
          <div className={classes.failure} role="alert">
            {problem.detail || problem.title}
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={change.isPending}
            disabled={isSame || !isPriced || draft.lead_status.trim() === ''}
          >
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
