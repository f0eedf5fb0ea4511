// Puts a task off: for an hour, until a morning, or until a day and time of one's own.
import { ActionIcon, Button, Group, Menu, Modal, TextInput } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { Task, TaskChange } from '../../../api/types'
import { exactTime } from '../../../lib/locale'
import { dayText, zoneLabel } from '../../../lib/zone'
import { taskTitle } from './model'
import { dueOf, snoozeChoices } from './snooze'
import classes from './Tasks.module.css'

type Props = { task: Task; about: string; onAct: (task: Task, change: TaskChange) => void }

export function SnoozeMenu({ task, about, onAct }: Props) {
  const [isChoosing, setChoosing] = useState(false)
  const [now, setNow] = useState(Date.now)
  const until = (at: number) => onAct(task, { snooze_until: new Date(at).toISOString() })
  const label = `Snooze “${taskTitle(task.title)}”${about && ` for ${about}`}`
  return (
    <>
      <Menu position="bottom-end" width={210} onOpen={() => setNow(Date.now())}>
        <Menu.Target>
          <ActionIcon
            className={classes.turn}
            title="Snooze"
            aria-label={label}
            onClick={(event) => event.stopPropagation()}
          >
            <IconClockPause size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
          <Menu.Label>Due later ({zoneLabel()})</Menu.Label>
          {snoozeChoices(now).map((choice) => (
            <Menu.Item
              key={choice.key}
              title={exactTime(new Date(choice.until).toISOString())}
              onClick={() => until(choice.until)}
            >
              {choice.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setChoosing(true)}>Day and time…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChoosing && (
        <UntilDialog onClose={() => setChoosing(false)} onChoose={(at) => (until(at), setChoosing(false))} />
      )}
    </>
  )
}

function UntilDialog({ onClose, onChoose }: { onClose: () => void; onChoose: (at: number) => void }) {
  const [day, setDay] = useState(() => dayText(Date.now() + 86_400_000))
  const [time, setTime] = useState('09:00')
  const at = dueOf(day, time, Date.now())
  function submit(event: FormEvent) {
    event.preventDefault()
    if (at !== null) onChoose(at)
  }
  return (
    <Modal opened onClose={onClose} title="Snooze until" onClick={(event) => event.stopPropagation()}>
      <form onSubmit={submit}>
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label="Day"
            required
            data-autofocus
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            error={at === null && day !== '' ? 'Choose a time that lies ahead.' : undefined}
          />
          <TextInput
            type="time"
            label={`Time (${zoneLabel()})`}
            required
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
          />
        </Group>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={at === null}>
            Snooze
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
