// The way from a card of a page to a board, for those who may change boards: a quiet button, whose menu is loaded when it opens.
import { ActionIcon } from '@mantine/core'
import { IconLayoutGridAdd } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useContext, useRef, useState } from 'react'
import { useRole } from '../api/useRole'
import { lazily } from '../ui/lazily'
import { PieceSearchContext } from '../ui/tile'

const Menu = lazily(() => import('./AddToBoardMenu').then((menu) => menu.AddToBoardMenu))

export function AddToBoard({ piece, title }: { piece: string; title: string }) {
  const { projectId } = useParams({ from: '/p/$projectId' })
  const { may } = useRole(projectId)
  const shown = useContext(PieceSearchContext)
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  if (!may('analyst')) return null
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <ActionIcon
        ref={button}
        size="sm"
        variant="subtle"
        color="gray"
        data-quiet
        aria-label={`Add ${title} to a board`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title="Add to board"
        onClick={() => setOpen(!isOpen)}
      >
        <IconLayoutGridAdd size={15} />
      </ActionIcon>
      {isOpen && <Menu projectId={projectId} piece={piece} title={title} shown={shown} onClose={close} />}
    </>
  )
}
