// The menu of a table's columns: which ones there are, and in which order.
import { ActionIcon, Checkbox, Popover, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './ColumnsMenu.module.css'
import {
  type Choice,
  isChosen,
  isShownOn,
  isTitle,
  NO_CHOICE,
  ordered,
  type Placed,
  withMoved,
  withShown,
} from './columns'

type Named = Placed & { header: string; name?: string }

type Props = {
  columns: readonly Named[]
  choice: Choice
  hasCsv: boolean
  isDisabled: boolean
  onChoose: (choice: Choice) => void
}

export function ColumnsMenu({ isDisabled, ...props }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={272}
      trapFocus
      returnFocus
      middlewares={{ size: { padding: 8, apply: fit } }}
    >
      <Popover.Target>
        <Tooltip label="Choose columns" disabled={isOpen}>
          <ActionIcon aria-label="Columns" disabled={isDisabled} onClick={() => setOpen(!isOpen)}>
            <IconColumns3 size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Columns">
        {isOpen && <Columns {...props} />}
      </Popover.Dropdown>
    </Popover>
  )
}

type Fitted = { availableHeight: number; elements: { floating: HTMLElement } }

/** Leaves the list as high as the screen has room for. */
function fit({ availableHeight, elements }: Fitted): void {
  elements.floating.style.setProperty('--room', `${Math.floor(availableHeight)}px`)
}

function Columns({ columns, choice, hasCsv, onChoose }: Omit<Props, 'isDisabled'>) {
  const isSmall = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false })
  const isMedium = useMediaQuery('(max-width: 1280px)', undefined, { getInitialValueInEffect: false })
  const screen = isSmall ? 'small' : isMedium ? 'medium' : 'large'
  const [moved, setMoved] = useState('')
  const [dragged, setDragged] = useState<string>()
  const shown = ordered(columns, choice)

  function move(column: Named, target: Named) {
    onChoose(withMoved(choice, columns, column.key, target.key))
    setMoved(`${nameOf(column)} is column ${shown.indexOf(target) + 1} of ${shown.length}`)
  }

  function dragOver(target: Named) {
    const column = shown.find(({ key }) => key === dragged)
    if (column && column !== target) move(column, target)
  }

  return (
    <div className={classes.menu}>
      <div className={classes.head}>
        <h3 className={classes.title}>Columns</h3>
        {isChosen(choice) && (
          <UnstyledButton className={classes.reset} onClick={() => onChoose(NO_CHOICE)}>
            Reset
          </UnstyledButton>
        )}
      </div>
      <ul className={classes.list}>
        {shown.map((column, index) => (
          <li
            key={column.key}
            className={classes.column}
            draggable
            data-dragged={column.key === dragged || undefined}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(column.key)
            }}
            onDragOver={(event) => {
              event.preventDefault()
              dragOver(column)
            }}
            onDragEnd={() => setDragged(undefined)}
          >
            <Checkbox
              size="xs"
              label={nameOf(column)}
              checked={isShownOn(screen, column, choice)}
              disabled={isTitle(column)}
              onChange={(event) => onChoose(withShown(choice, column, event.currentTarget.checked))}
            />
            <Move direction="up" column={column} to={shown[index - 1]} onMove={move} />
            <Move direction="down" column={column} to={shown[index + 1]} onMove={move} />
          </li>
        ))}
      </ul>
      <p className={classes.foot}>{hasCsv && 'CSV files always have all columns.'}</p>
      <VisuallyHidden role="status">{moved}</VisuallyHidden>
    </div>
  )
}

type MoveProps = {
  direction: 'up' | 'down'
  column: Named
  to: Named | undefined
  onMove: (column: Named, to: Named) => void
}

/** At the end of the list it stays, so that the focus does. */
function Move({ direction, column, to, onMove }: MoveProps) {
  const Arrow = direction === 'up' ? IconArrowUp : IconArrowDown
  return (
    <ActionIcon
      size="sm"
      aria-label={`Move ${nameOf(column)} ${direction}`}
      aria-disabled={!to}
      onClick={() => to && onMove(column, to)}
    >
      <Arrow size={13} />
    </ActionIcon>
  )
}

const nameOf = ({ header, name = header }: Named) => name
