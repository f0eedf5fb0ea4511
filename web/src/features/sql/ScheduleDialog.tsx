// The dialog that sets when a question runs by itself; when somebody else has changed the question meanwhile, theirs is scheduled.
import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../api/problem'
import { zoneLabel, zoneName } from '../../lib/zone'
import { useNow } from '../../ui/Figures'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import { savedQuestionQuery, useSave } from './api'
import type { SavedQuestion } from './model'
import { questionOf } from './question'
import classes from './Runs.module.css'
import type { QuestionSchedule } from './runsApi'
import {
  formOf,
  MAX_DAY,
  missingDefaultText,
  nextRuns,
  runName,
  type ScheduleForm,
  scheduleOf,
  WEEKDAY_LABELS,
  WEEKDAYS,
} from './schedule'

type Props = {
  projectId: string
  saved: SavedQuestion
  /** The editor has changes that are not saved, and that no run has. */
  isEdited: boolean
  onClose: () => void
}

const EVERY = [
  { value: 'hour', label: 'Every hour' },
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
] satisfies { value: QuestionSchedule['every']; label: string }[]
const DAYS = WEEKDAYS.map((value) => ({ value, label: WEEKDAY_LABELS[value] }))
const DATES = Array.from({ length: MAX_DAY }, (_, index) => String(index + 1))
const FIELDS = ['schedule.at', 'schedule.weekday', 'schedule.day']

export function ScheduleDialog({ projectId, saved, isEdited, onClose }: Props) {
  const save = useSave(projectId)
  const client = useQueryClient()
  const [form, setForm] = useState(() => formOf(saved.schedule))
  const [wanted, setWanted] = useState<QuestionSchedule | null>(null)
  const now = useNow(30_000)
  const change = (part: Partial<ScheduleForm>) => (save.reset(), setForm((last) => ({ ...last, ...part })))
  const isOutdated = save.error instanceof Problem && save.error.status === 409
  const missing = missingDefaultText(saved.parameters)
  const next = nextRuns(scheduleOf(form), now, 3)

  function send(of: SavedQuestion, schedule: QuestionSchedule | null) {
    setWanted(schedule)
    save.mutate(
      { of, question: { ...questionOf(of), schedule } },
      {
        onSuccess: () => {
          toastDone(schedule ? 'Schedule saved' : 'Schedule removed. Its past answers stay for 90 days.')
          onClose()
        },
      },
    )
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!missing && next.length > 0 && !save.isPending) send(saved, scheduleOf(form))
  }

  async function sendWithTheirs() {
    const theirs = await client
      .fetchQuery({ ...savedQuestionQuery(projectId, saved.id), staleTime: 0 })
      .catch(() => null)
    send(theirs ?? saved, wanted)
  }

  return (
    <Modal opened onClose={onClose} title={`Schedule “${saved.name}”`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <div className={classes.fields}>
            <NativeSelect
              label="Runs"
              data-autofocus
              data={EVERY}
              value={form.every}
              onChange={(event) =>
                change({ every: EVERY.find(({ value }) => value === event.currentTarget.value)?.value ?? form.every })
              }
            />
            {form.every === 'week' && (
              <NativeSelect
                label="On"
                data={DAYS}
                value={form.weekday}
                error={fieldError(save.error, 'schedule.weekday')}
                onChange={(event) =>
                  change({ weekday: WEEKDAYS.find((day) => day === event.currentTarget.value) ?? form.weekday })
                }
              />
            )}
            {form.every === 'month' && (
              <NativeSelect
                label="On day"
                data={DATES}
                value={String(form.day)}
                error={fieldError(save.error, 'schedule.day')}
                onChange={(event) => change({ day: Number(event.currentTarget.value) })}
              />
            )}
            {form.every !== 'hour' && (
              <TextInput
                type="time"
                label={`At (${zoneLabel()})`}
                required
                withAsterisk={false}
                value={form.at}
                error={fieldError(save.error, 'schedule.at')}
                onChange={(event) => change({ at: event.currentTarget.value })}
              />
            )}
          </div>
          {next.length > 0 && (
            <div>
              <p className={classes.label}>The next three runs ({zoneName()})</p>
              <ol className={classes.next} aria-label="The next three runs">
                {next.map((at) => (
                  <li key={at}>{runName(at, now)}</li>
                ))}
              </ol>
            </div>
          )}
          {missing && (
            <p className={classes.missing} role="alert">
              {missing} Enter a value under the question’s name and save the question, then schedule it.
            </p>
          )}
          <p className={classes.help}>
            {!saved.schedule && 'It also runs once as soon as you save the schedule. '}
            Each run keeps its first 1,000 rows for 90 days.
            {isEdited && ' Runs use the question as it was last saved, without your edits.'}
          </p>
          {!isOutdated && <FormFailure error={save.error} fields={FIELDS} />}
          {isOutdated && (
            <div role="alert">
              <p>Somebody else saved this question while you were editing its schedule.</p>
              <Button variant="default" onClick={() => void sendWithTheirs()}>
                Keep their changes and save the schedule
              </Button>
            </div>
          )}
          <Group justify="flex-end" gap="xs">
            {saved.schedule && (
              <Button
                variant="subtle"
                color="red"
                mr="auto"
                disabled={isOutdated}
                loading={save.isPending && wanted === null}
                onClick={() => send(saved, null)}
              >
                Remove schedule
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              disabled={missing !== null || next.length === 0 || isOutdated}
              loading={save.isPending && wanted !== null}
            >
              Save schedule
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
