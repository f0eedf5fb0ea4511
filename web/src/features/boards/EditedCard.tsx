// A card while its board is edited: its handle, name, width and removal over the piece, which rests meanwhile.
import { ActionIcon, TextInput } from '@mantine/core'
import { IconGripVertical, IconPencil, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { AnalysisSearch } from '../../lib/analysis'
import type { BoardCard } from './api'
import classes from './Boards.module.css'
import type { BoardParts } from './catalogue'
import type { Width } from './layout'
import { Tile } from './Tile'

type Props = {
  projectId: string
  card: BoardCard
  name: string
  /** What it is called without a title of its own. */
  ownName: string
  search: AnalysisSearch
  room: number
  parts: BoardParts
  isLifted: boolean
  onPress: (event: PointerEvent) => void
  onKeyDown: (event: KeyboardEvent) => void
  onBlur: () => void
  onChange: (change: Partial<BoardCard>) => void
  onRemove: () => void
}

const WIDTHS: readonly { width: Width; label: string }[] = [
  { width: 1, label: 'A quarter' },
  { width: 2, label: 'A half' },
  { width: 3, label: 'Three quarters' },
  { width: 4, label: 'The whole width' },
]

export function EditedCard({
  card,
  name,
  ownName,
  isLifted,
  onPress,
  onKeyDown,
  onBlur,
  onChange,
  onRemove,
  ...tile
}: Props) {
  const [isNaming, setNaming] = useState(false)
  const rename = useRef<HTMLButtonElement>(null)
  const finish = () => {
    setNaming(false)
    // The button is back by then.
    requestAnimationFrame(() => rename.current?.focus())
  }
  return (
    <>
      <div className={classes.resting} inert>
        <Tile {...tile} card={card} isEdited />
      </div>
      <div className={classes.editHead}>
        <button
          type="button"
          className={classes.handle}
          data-handle
          aria-label={`Move ${name}`}
          aria-pressed={isLifted}
          title="Drag to move; or press Space, then the arrow keys"
          onPointerDown={onPress}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
        {isNaming ? (
          <NameInput
            name={card.title ?? ''}
            own={ownName}
            onName={(title) => onChange({ title })}
            onClose={finish}
            onLeave={() => setNaming(false)}
          />
        ) : (
          <>
            <span className={classes.editName} title={name}>
              {name}
            </span>
            <ActionIcon ref={rename} aria-label={`Rename ${name}`} title="Rename" onClick={() => setNaming(true)}>
              <IconPencil size={15} />
            </ActionIcon>
          </>
        )}
        <ActionIcon aria-label={`Remove ${name}`} title="Remove" onClick={onRemove}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      <div className={classes.widths} role="group" aria-label={`Width of ${name}`}>
        {WIDTHS.map(({ width, label }) => (
          <button
            key={width}
            type="button"
            aria-label={label}
            title={label}
            aria-pressed={card.width === width}
            onClick={() => onChange({ width })}
          >
            <i data-width={width} />
          </button>
        ))}
      </div>
    </>
  )
}

type NameProps = {
  name: string
  own: string
  onName: (title: string | null) => void
  /** By a key: the focus goes back to where it came from. */
  onClose: () => void
  /** By a press somewhere else. */
  onLeave: () => void
}

function NameInput({ name, own, onName, onClose, onLeave }: NameProps) {
  const [text, setText] = useState(name)
  const keep = () => onName(text.trim() || null)
  return (
    <TextInput
      className={classes.editName ?? ''}
      size="xs"
      aria-label="Title of the card"
      placeholder={own}
      maxLength={100}
      autoFocus
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => (keep(), onLeave())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          keep()
          onClose()
        }
        if (event.key === 'Escape') onClose()
      }}
    />
  )
}
