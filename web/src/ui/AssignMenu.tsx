// The assignee of something, and a menu to assign it to somebody else.
import { Menu } from '@mantine/core'
import { IconCheck, IconUserPlus } from '@tabler/icons-react'
import { initials } from '../lib/initials'
import classes from './AssignMenu.module.css'

type Person = { id: string; name: string }

export type AssignProps = {
  /** Whom it can be assigned to. */
  people: readonly Person[]
  /** Of the member who looks at it. */
  myId: string | undefined
  assignee: string | null
  onAssign: (id: string | null) => void
}

export function AssignMenu({ people, myId, assignee, onAssign }: AssignProps) {
  const name = assigneeName({ people, assignee })
  const isMine = assignee !== null && assignee === myId
  const label = name === null ? 'Assign' : `Assigned to ${isMine ? 'you' : name}`
  // Oneself first: that is whom one assigns most to.
  const ordered = [...people].sort(
    (a, b) => Number(b.id === myId) - Number(a.id === myId) || a.name.localeCompare(b.name),
  )
  const assign = (id: string | null) => {
    if (id !== assignee) onAssign(id)
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button
          type="button"
          className={classes.assignee}
          data-none={name === null || undefined}
          aria-label={label}
          title={label}
          onClick={(event) => event.stopPropagation()}
        >
          {name === null ? (
            <IconUserPlus size={14} stroke={1.6} aria-hidden />
          ) : (
            <span className={classes.initials} data-letters={initials(name)} aria-hidden />
          )}
          <span className={classes.assigneeName}>{name === null ? 'Assign' : isMine ? 'You' : name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Label>Assign to</Menu.Label>
        {ordered.map((person) => (
          <Menu.Item
            key={person.id}
            onClick={() => assign(person.id)}
            rightSection={person.id === assignee && <IconCheck size={14} aria-label="Current" />}
          >
            {person.name}
            {person.id === myId && ' (you)'}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          onClick={() => assign(null)}
          rightSection={assignee === null && <IconCheck size={14} aria-label="Current" />}
        >
          No one
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Who it is assigned to, for those who may not change it. */
export function Assignee({ people, assignee }: Pick<AssignProps, 'people' | 'assignee'>) {
  const name = assigneeName({ people, assignee })
  if (name === null) return <span className={classes.nobody}>No one</span>
  return (
    <span className={classes.shown} title={name}>
      <span className={classes.initials} data-letters={initials(name)} aria-hidden />
      <span className={classes.assigneeName}>{name}</span>
    </span>
  )
}

function assigneeName({ people, assignee }: Pick<AssignProps, 'people' | 'assignee'>): string | null {
  return assignee === null ? null : (people.find(({ id }) => id === assignee)?.name ?? 'a former member')
}
