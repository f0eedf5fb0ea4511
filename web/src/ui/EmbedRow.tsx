// One of the things that a site's pages name, such as a key or a widget: its id, what it allows, whether it is
// on, and its actions.
import { ActionIcon, Menu, Switch } from '@mantine/core'
import { IconCode, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './EmbedRow.module.css'
import { Time } from './Figures'

type Props = {
  name: string
  tags?: string[]
  /** The name pages use for it. */
  id: ReactNode
  domains: string[]
  /** Each with its label. */
  facts: [string, ReactNode][]
  createdAt: string
  isActive: boolean
  /** Its effect while it is switched on. */
  accepts: string
  canChange: boolean
  onToggle: (isActive: boolean) => void
  onSnippet: () => void
  onEdit: () => void
  onDelete: () => void
}

export function EmbedRow({
  name,
  tags = [],
  id,
  domains,
  facts,
  createdAt,
  isActive,
  accepts,
  canChange,
  onToggle,
  onSnippet,
  onEdit,
  onDelete,
}: Props) {
  const all: [string, ReactNode][] = [
    ['Domains', <span title={domains.join(', ') || undefined}>{domains.join(', ') || 'Any domain'}</span>],
    ...facts,
    ['Created', <Time at={createdAt} />],
  ]
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span className={classes.name}>
          {name}
          {[...tags, ...(isActive ? [] : ['Off'])].map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
        <span className={classes.value}>{id}</span>
      </div>
      <dl className={classes.facts}>
        {all.map(([label, fact]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.actions}>
        <Switch
          size="sm"
          aria-label={`${name} accepts ${accepts}`}
          title={canChange ? undefined : 'Only owners and admins can switch this on or off'}
          checked={isActive}
          disabled={!canChange}
          onChange={(event) => onToggle(event.currentTarget.checked)}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCode size={14} />} onClick={onSnippet}>
              Show code
            </Menu.Item>
            {canChange && (
              <>
                <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>
                  Edit
                </Menu.Item>
                <Menu.Item c="var(--ff-bad)" leftSection={<IconTrash size={14} />} onClick={onDelete}>
                  Delete
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  )
}

/** The list that holds such rows. */
export function EmbedList({ children }: { children: ReactNode }) {
  return <ul className={classes.list}>{children}</ul>
}
