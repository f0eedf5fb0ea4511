// Tries the rules as they are in the editor on events of the last days, before they are saved.
import { Button, Select } from '@mantine/core'
import { IconTestPipe } from '@tabler/icons-react'
import { useState } from 'react'
import { exactNumber, plural } from '../../../lib/format'
import { Card } from '../../../ui/Card'
import { FormFailure } from '../../../ui/FormFailure'
import { PersonLink } from '../../../ui/PersonLink'
import { RowsSkeleton } from '../../../ui/States'
import { StatusBadge } from '../contacts/columns'
import { contactName } from '../contacts/model'
import { type RulesDryRun, useDryRun } from './api'
import classes from './DryRun.module.css'
import type { RuleSet } from './rules'

const PERIODS = [
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
]

export function DryRun({ projectId, draft, isChanged }: { projectId: string; draft: RuleSet; isChanged: boolean }) {
  const run = useDryRun(projectId)
  const [days, setDays] = useState('30')
  // An answer about other rules says nothing about these.
  const answered =
    run.data && run.variables?.rules === draft && String(run.variables.days) === days ? run.data : undefined
  return (
    <Card
      title="Try on past events"
      help="Works out what these rules would have changed, had they been active. Nothing is changed. A different time for abandoned bookings creates none in the past."
    >
      <div className={classes.ask}>
        <Select
          size="xs"
          aria-label="Period"
          allowDeselect={false}
          data={PERIODS}
          value={days}
          onChange={(value) => setDays(value ?? days)}
        />
        <Button
          variant="default"
          leftSection={<IconTestPipe size={14} />}
          loading={run.isPending}
          onClick={() => run.mutate({ rules: draft, days: Number(days) })}
        >
          Try these rules
        </Button>
        {!isChanged && (
          <span className={classes.muted}>
            Nothing is edited: shows what the current rules would change about contacts that older rules touched.
          </span>
        )}
      </div>
      <FormFailure error={run.error} />
      {run.isPending && <RowsSkeleton rows={3} />}
      {answered && !run.isPending && <Answer run={answered} />}
    </Card>
  )
}

function Answer({ run }: { run: RulesDryRun }) {
  const looked = `${plural(run.contacts, 'contact')} active since then ${run.contacts === 1 ? 'was' : 'were'} looked at${run.is_complete ? '' : ', those active last; there are more'}.`
  if (run.changed_contacts === 0) return <p role="status">No contact would be different. {looked}</p>
  return (
    <div className={classes.answer} role="status">
      <p>
        <b>{plural(run.changed_contacts, 'contact')}</b> would be different. {looked}
      </p>
      {run.statuses.length > 0 && (
        <section>
          <h3>Status</h3>
          <ul>
            {run.statuses.map(({ from, to, contacts }) => (
              <li key={`${from} ${to}`}>
                <b>{exactNumber(contacts)}</b> <StatusBadge status={from} /> → <StatusBadge status={to} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Tasks title="Tasks that would have been created" tasks={run.tasks_opened} />
      <Tasks title="Tasks that would not have been created" tasks={run.tasks_not_opened} />
      <section>
        <h3>For example</h3>
        <ul>
          {run.examples.map(({ contact, lead_status, tasks_opened, tasks_not_opened }) => (
            <li key={contact.id}>
              <PersonLink personId={contact.id}>{contactName(contact)}</PersonLink>{' '}
              <span className={classes.muted}>
                {[
                  lead_status && `${contact.lead_status} → ${lead_status}`,
                  tasks_opened.length > 0 && `with ${tasks_opened.join(', ')}`,
                  tasks_not_opened.length > 0 && `without ${tasks_not_opened.join(', ')}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Tasks({ title, tasks }: { title: string; tasks: RulesDryRun['tasks_opened'] }) {
  if (tasks.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {tasks.map(({ title: name, tasks: count }) => (
          <li key={name}>
            <b>{exactNumber(count)}</b> {name}
          </li>
        ))}
      </ul>
    </section>
  )
}
