// The command palette: a field, and below it what its letters mean; arrows choose, Enter does it.
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  type Icon,
  IconArrowRight,
  IconBolt,
  IconBookmark,
  IconFolder,
  IconFootsteps,
  IconLayoutDashboard,
  IconSearch,
  IconUser,
  IconUserStar,
} from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { memberKey, recall, remember } from '../../lib/store'
import { type CommandGroup, ranked, withRecent } from './commands'
import classes from './Palette.module.css'
import { type RunnableCommand, useCommands } from './useCommands'

const TYPING_MS = 200

const ICONS: Record<CommandGroup, Icon> = {
  Page: IconArrowRight,
  Board: IconLayoutDashboard,
  Project: IconFolder,
  'Saved question': IconBookmark,
  Action: IconBolt,
  Contact: IconUser,
  Customer: IconUserStar,
  Session: IconFootsteps,
}
/** What is found by its name is about people: it is not remembered. */
const FORGOTTEN: readonly CommandGroup[] = ['Contact', 'Customer', 'Session']

type Props = { projectId: string; onClose: () => void; onNote: () => void; onSheet: () => void }

export function Palette({ projectId, onClose, onNote, onSheet }: Props) {
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query, TYPING_MS)
  const [at, setAt] = useState(0)
  const listId = useId()
  const list = useRef<HTMLUListElement>(null)
  const [before] = useState(() => document.activeElement)
  const { memberId, known, found, isSearching } = useCommands(projectId, asked, { onNote, onSheet })
  const recentKey = memberKey(memberId, projectId, 'palette')
  const recent = (recall(recentKey) ?? '').split('\n').filter(Boolean)
  const shown = [...ranked(known, query, recent), ...(query === asked ? found : [])]
  const current = Math.min(at, shown.length - 1)
  const optionId = (index: number) => `${listId}-${index}`

  useEffect(() => {
    void list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current, shown.length])

  // The focus returns to where it was; a dialog that a command opens takes it from there.
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    },
    [before],
  )

  function run(command: RunnableCommand) {
    if (!FORGOTTEN.includes(command.group)) remember(recentKey, withRecent(recent, command.id).join('\n'))
    onClose()
    command.run()
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = shown.length - 1
    const next = {
      ArrowDown: current === last ? 0 : current + 1,
      ArrowUp: current <= 0 ? last : current - 1,
      PageDown: Math.min(last, current + 8),
      PageUp: Math.max(0, current - 8),
    }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      setAt(next)
    }
    const chosen = shown[current]
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen) {
      event.preventDefault()
      run(chosen)
    }
  }

  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={560}
      yOffset="12vh"
      lockScroll={false}
      transitionProps={{ duration: 100 }}
      classNames={{ content: classes.palette ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search and commands">
        <label className={classes.field}>
          <IconSearch size={16} aria-hidden />
          <input
            data-autofocus
            type="text"
            role="combobox"
            aria-label="Search and commands"
            aria-expanded={shown.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={shown.length > 0 ? optionId(current) : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder="Go to a page, find a person, run a command"
            value={query}
            onChange={(event) => (setQuery(event.currentTarget.value), setAt(0))}
            onKeyDown={onKeyDown}
          />
        </label>
        <ul ref={list} id={listId} role="listbox" aria-label="Results" className={classes.results}>
          {shown.map((command, index) => {
            const Glyph = ICONS[command.group]
            return (
              // The keyboard chooses by the field; a pointer clicks.
              <li
                key={command.id}
                id={optionId(index)}
                role="option"
                aria-selected={index === current}
                onClick={() => run(command)}
                onPointerMove={() => setAt(index)}
              >
                <Glyph size={15} aria-hidden />
                <span className={classes.label}>
                  {command.label}
                  {command.detail && <small>{command.detail}</small>}
                </span>
                <span className={classes.group}>{command.keys ?? command.group}</span>
              </li>
            )
          })}
        </ul>
        <p className={classes.state} role="status">
          {shown.length === 0 ? (isSearching || query !== asked ? 'Searching …' : 'Nothing found') : ''}
        </p>
      </Modal.Content>
    </Modal.Root>
  )
}
