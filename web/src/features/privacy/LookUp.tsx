// Looks a person up by user id or e-mail. The name stays in this form, which a person’s page may fill in: it must not get into addresses.
import { Button, TextInput } from '@mantine/core'
import { IconDownload, IconEraser, IconSearch, IconUserQuestion } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { downloadText } from '../../lib/csv'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { Time } from '../../ui/Figures'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { BlockSkeleton, Empty } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import { useErase, useLookUp } from './api'
import { exportFileName, isKnown, type Subject } from './model'
import classes from './Privacy.module.css'

export function LookUp({ projectId }: { projectId: string }) {
  const lookUp = useLookUp(projectId)
  const subject = useLocation({ select: ({ state }) => state.subject })
  const [text, setText] = useState(subject ?? '')
  const [erasing, setErasing] = useState<string | null>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim()) lookUp.mutate(text.trim())
  }

  return (
    <Card
      title="Find a person"
      help="Searches contacts, sessions, orders, tasks, scores, events and failed events. The search is not stored."
    >
      <p className={classes.lead}>
        To answer a request for access or erasure, find the person by user id or e-mail address.
      </p>
      <form className={classes.search} onSubmit={submit}>
        <TextInput
          label="User id or e-mail"
          placeholder="customer-10600 or ana@example.com"
          autoComplete="off"
          spellCheck={false}
          value={text}
          error={fieldError(lookUp.error, 'subject')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="sm"
          variant="default"
          leftSection={<IconSearch size={15} />}
          loading={lookUp.isPending}
          disabled={!text.trim()}
        >
          Look up
        </Button>
      </form>
      {lookUp.isPending && <BlockSkeleton height={120} />}
      <FormFailure error={lookUp.error} fields={['subject']} />
      {lookUp.data && !lookUp.isPending && (
        <Found subject={lookUp.data} onErase={() => setErasing(lookUp.data.subject)} />
      )}
      {erasing !== null && (
        <Erase
          projectId={projectId}
          subject={erasing}
          onClose={() => setErasing(null)}
          onErased={() => (setErasing(null), lookUp.reset(), setText(''))}
        />
      )}
    </Card>
  )
}

function Found({ subject, onErase }: { subject: Subject; onErase: () => void }) {
  const erase = (
    <Button color="red" variant="light" leftSection={<IconEraser size={15} />} onClick={onErase}>
      Erase this person
    </Button>
  )
  if (!isKnown(subject))
    return (
      <Empty icon={IconUserQuestion} title={`No data found for ${subject.subject}`} action={erase}>
        Check the spelling. If you erase this person anyway, future events of this person are rejected.
      </Empty>
    )
  return (
    <div className={classes.found}>
      <div>
        <h3 className={classes.heading}>Identifiers</h3>
        <dl className={classes.names}>
          {subject.identifiers.map(({ name, values }) => (
            <div key={name}>
              <dt>
                {name}
                {values.length > 5 && `, 5 of ${exactNumber(values.length)}`}
              </dt>
              <dd>
                {values.slice(0, 5).map((value) => (
                  <code key={value}>{value}</code>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div>
        <h3 className={classes.heading}>Stored data</h3>
        <ul className={classes.list}>
          <li>
            Events <b>{exactNumber(subject.events)}</b>
          </li>
          {subject.tables.map(({ name, rows }) => (
            <li key={name}>
              {name} <b>{exactNumber(rows)}</b>
            </li>
          ))}
        </ul>
      </div>
      <div className={classes.actions}>
        <Button
          leftSection={<IconDownload size={15} />}
          onClick={() => downloadText(exportFileName(subject.madeAt), subject.text, 'application/json')}
        >
          Download all data as JSON
        </Button>
        {erase}
        {subject.madeAt && (
          <span className={classes.muted}>
            <Time at={subject.madeAt} prefix="As of " />
          </span>
        )}
      </div>
    </div>
  )
}

type EraseProps = { projectId: string; subject: string; onClose: () => void; onErased: () => void }

function Erase({ projectId, subject, onClose, onErased }: EraseProps) {
  const erase = useErase(projectId)
  return (
    <ConfirmDialog
      title={`Erase ${subject}`}
      word={subject}
      action="Erase permanently"
      isPending={erase.isPending}
      error={erase.error}
      onClose={onClose}
      onConfirm={() =>
        erase.mutate(subject, {
          onSuccess: () => (toastDone('Erasure started. The receipt shows its progress.'), onErased()),
        })
      }
    >
      <p>
        All data of {subject} is deleted, including events, contacts and failed events. Calls are still counted, but
        anonymously. Future events of this person are rejected. You cannot undo this, not even with a backup.
      </p>
    </ConfirmDialog>
  )
}
